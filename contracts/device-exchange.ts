import { z } from 'zod';
import { deviceIdSchema } from './ids.ts';
import { signalsSchema } from './messages.ts';
import { deviceTypes } from './registry.ts';

/**
 * `POST /devices/{id}/exchange`: other hardware takes the place of a device. Name, room, resident, the meaning of its keys and
 * its supervision are taken over; what is named here is another. Answered like a new device.
 */
export const deviceExchangeSchema = z.strictObject({
  id: deviceIdSchema.optional(),
  type: z.enum(deviceTypes).optional(),
  gatewayId: deviceIdSchema.nullable().optional(),
  heardAs: deviceIdSchema.nullable().optional(),
  signals: signalsSchema.optional(),
  version: z.number().int().min(1).optional(),
});
export type DeviceExchange = z.infer<typeof deviceExchangeSchema>;

/** `POST /devices/{id}/retire` takes it out of service without another in its place. */
export const deviceRetirementSchema = z.strictObject({ version: z.number().int().min(1).optional() });
