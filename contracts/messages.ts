import { z } from 'zod';
import { reassuranceStates } from './event-kinds.ts';
import { eventIdSchema, instantSchema } from './ids.ts';

/** An age past which a report of a device's own clock-less delay is taken for nonsense: 400 days. */
const longestAgeMs = 400 * 24 * 3600 * 1000;

/**
 * `carebell/v1/devices/{deviceId}/event`, QoS 1. `kind` is any short word, so that an unknown kind is stored rather
 * than refused. `at` is when it happened by the device's clock; a device without a clock sends `ageMs`, the
 * milliseconds between the happening and this transmission.
 */
export const deviceEventSchema = z.object({
  id: eventIdSchema,
  kind: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'use a kind such as "button.pressed"'),
  at: instantSchema.optional(),
  ageMs: z.number().int().min(0).max(longestAgeMs).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type DeviceEvent = z.infer<typeof deviceEventSchema>;

/** `carebell/v1/devices/{deviceId}/reading`: `battery` in percent, `rssi` in dBm, any other number by its name. */
export const deviceReadingSchema = z
  .object({
    at: instantSchema.optional(),
    battery: z.number().min(0).max(100).optional(),
    rssi: z.number().min(-200).max(50).optional(),
  })
  .catchall(z.number());
export type DeviceReading = z.infer<typeof deviceReadingSchema>;

/** The payload of an `availability` topic is the bare word, retained. */
export const availabilitySchema = z.enum(['online', 'offline']);
export type Availability = z.infer<typeof availabilitySchema>;

/** `carebell/v1/devices/{deviceId}/command`, QoS 1. A repeated `id` must be carried out once and answered again. */
export const deviceCommandSchema = z.discriminatedUnion('command', [
  z.object({
    id: eventIdSchema,
    command: z.literal('reassure'),
    data: z.object({ state: z.enum(reassuranceStates), alarmId: z.string() }),
  }),
  z.object({ id: eventIdSchema, command: z.literal('identify') }),
  z.object({ id: eventIdSchema, command: z.literal('test') }),
]);
export type DeviceCommand = z.infer<typeof deviceCommandSchema>;

/** `carebell/v1/devices/{deviceId}/command/result`, QoS 1. */
export const commandResultSchema = z.object({
  id: eventIdSchema,
  ok: z.boolean(),
  reason: z.string().max(200).optional(),
});
export type CommandResult = z.infer<typeof commandResultSchema>;

/** `carebell/v1/gateways/{gatewayId}/health`, QoS 0: link counters by name. */
export const gatewayHealthSchema = z.record(
  z.string(),
  z.union([z.number(), z.string().max(200), z.boolean()]),
);
export type GatewayHealth = z.infer<typeof gatewayHealthSchema>;

/** `carebell/v1/gateways/{gatewayId}/accepted`, QoS 1: the events with these identifiers are stored. */
export const acceptedSchema = z.object({ ids: z.array(eventIdSchema).min(1) });
export type Accepted = z.infer<typeof acceptedSchema>;
