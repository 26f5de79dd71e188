import { z } from 'zod';
import { pageQuerySchema } from './http-api.ts';
import { deviceIdSchema, instantSchema, recordIdSchema } from './ids.ts';
import { signalsSchema } from './messages.ts';
import { deviceSchema, deviceTypes } from './registry.ts';

/** One thing that it said: the kind of the event, the signal of its radio code and the key where it named one. */
export const unknownSaidSchema = z.object({
  kind: z.string(),
  signal: z.string().nullable(),
  key: z.string().nullable(),
  times: z.number().int(),
  lastAt: instantSchema,
});
export type UnknownSaid = z.infer<typeof unknownSaidSchema>;

/** A radio code that a gateway has heard and that is no device registered behind a gateway of its station. */
export const unknownDeviceSchema = z.object({
  gatewayId: z.string(),
  gatewayName: z.string(),
  code: z.string(),
  stationId: z.string(),
  stationName: z.string().nullable(),
  /** Where the gateway is. */
  address: z.string().nullable(),
  /** In dBm, as last heard; `null` where the firmware does not say. */
  rssi: z.number().nullable(),
  battery: z.number().nullable(),
  /** How often; the same event sent again and again by the gateway counts once. */
  times: z.number().int(),
  firstAt: instantSchema,
  lastAt: instantSchema,
  /** The latest first. */
  said: z.array(unknownSaidSchema),
  dismissed: z
    .object({
      at: instantSchema,
      by: z.object({ id: z.string(), displayName: z.string() }),
      note: z.string(),
    })
    .nullable(),
  /** An alarm that it raised and that is still open. */
  openAlarmId: z.string().nullable(),
});
export type UnknownDevice = z.infer<typeof unknownDeviceSchema>;

/** `GET /unknown-devices`, the latest heard first. */
export const unknownQuerySchema = pageQuerySchema.extend({
  stationId: z.string().max(64).optional(),
  gatewayId: z.string().max(64).optional(),
  dismissed: z.enum(['true', 'false']).default('false'),
});
export const unknownPageSchema = z.object({
  items: z.array(unknownDeviceSchema),
  cursor: z.string().nullable(),
  /** The hub's time: what is heard from now on is heard after it. */
  at: instantSchema,
});

/** `POST /unknown-devices/dismissal`, `POST /unknown-devices/restoration`: it is a neighbour's, or is not after all. */
export const unknownKeySchema = z.strictObject({ gatewayId: deviceIdSchema, code: deviceIdSchema });
export const dismissalSchema = unknownKeySchema.extend({ note: z.string().trim().max(200).default('') });

/**
 * `POST /unknown-devices/adoption`: enters it behind that gateway. It keeps its code as its identifier, or is heard as
 * it where that is another station's device. Without `residentId` it is the resident's who lives alone in the dwelling.
 */
export const adoptionSchema = unknownKeySchema.extend({
  type: z.enum(deviceTypes),
  name: z.string().trim().max(120).default(''),
  room: z.string().trim().max(60).default(''),
  dwellingId: recordIdSchema.nullable().default(null),
  residentId: recordIdSchema.nullable().optional(),
  signals: signalsSchema.default({}),
});
export type Adoption = z.input<typeof adoptionSchema>;
export const adoptedSchema = z.object({
  device: deviceSchema,
  /** Open alarms that it had raised and that are its resident's now. */
  alarmIds: z.array(z.string()),
});
export type Adopted = z.infer<typeof adoptedSchema>;
