import { z } from 'zod';
import { buttonKeys, eventKinds, reassuranceStates } from './event-kinds.ts';
import { deviceIdSchema, eventIdSchema, instantSchema } from './ids.ts';

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
    /** The version of the device's firmware; a gateway says its own in its health. */
    firmware: z.string().min(1).max(64).optional(),
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

/** What a radio code that says only "key 4" means: an event, and for a button which key. */
export const signalRoleSchema = z.strictObject({
  kind: z.enum(eventKinds),
  key: z.enum(buttonKeys).optional(),
});
export type SignalRole = z.infer<typeof signalRoleSchema>;

/** The name that a driver gives to what was pressed or set, such as "switch.04"; "*" stands for every other one. */
export const signalsSchema = z.record(
  z
    .string()
    .regex(/^(\*|[A-Za-z0-9][A-Za-z0-9_.-]{0,47})$/, 'use a signal as the gateway reports it, or "*"'),
  signalRoleSchema,
);
export type Signals = z.infer<typeof signalsSchema>;

/**
 * `carebell/v1/gateways/{gatewayId}/devices`, QoS 1, hub to gateway: every device without MQTT of its own at the
 * gateway's station, whole, after each subscription and each change. `heardAs` is the identifier under which gateways
 * report the device as long as nobody has entered it; `null` if that is the device's identifier itself.
 */
export const gatewayDevicesSchema = z.object({
  devices: z.array(
    z.object({
      id: deviceIdSchema,
      type: z.string(),
      heardAs: deviceIdSchema.nullable(),
      signals: signalsSchema,
    }),
  ),
});
export type GatewayDevices = z.infer<typeof gatewayDevicesSchema>;
