import { z } from 'zod';
import { alarmKindNames } from './alarm-kinds.ts';
import { dispositions } from './dispositions.ts';
import { eventKinds } from './event-kinds.ts';
import { instantSchema } from './ids.ts';
import { availabilitySchema } from './messages.ts';

/**
 * What helps to judge an alarm, beside it: each part is asked for by itself, so that one that is slow or gone keeps no
 * other from being shown. Nothing here raises, lowers, delays or suppresses anything.
 */
export const evidenceParts = ['device', 'repeats', 'movement', 'past'] as const;

const measured = z.object({ value: z.number(), at: instantSchema.nullable() });

/** `GET /alarms/{id}/evidence/device`: how the device is, and how it was when it was pressed (battery in percent, signal in dBm). */
export const deviceEvidenceSchema = z.object({
  battery: z.object({ now: measured.nullable(), atPress: measured.nullable() }),
  signal: z.object({ now: measured.nullable(), atPress: measured.nullable() }),
  availability: availabilitySchema.nullable(),
  lastSeenAt: instantSchema.nullable(),
  /** The last test that the hub heard, or the last alarm that was closed as one. */
  lastTestAt: instantSchema.nullable(),
});
export type DeviceEvidence = z.infer<typeof deviceEvidenceSchema>;

/** `GET /alarms/{id}/evidence/repeats`: how often it was heard, and by whom. */
export const repeatsEvidenceSchema = z.object({
  presses: z.number().int(),
  /** Who reported the first press, the first one first; empty if the device spoke to the hub itself. */
  heardBy: z.array(
    z.object({
      gatewayId: z.string(),
      name: z.string(),
      at: instantSchema,
      signal: z.number().nullable(),
    }),
  ),
  /** Repetitions of messages that the hub had already, that day; and presses that another gateway had reported. */
  duplicates: z.number().int(),
  echoes: z.number().int(),
});
export type RepeatsEvidence = z.infer<typeof repeatsEvidenceSchema>;

/** Events that say that somebody moved about in a dwelling. */
export const movementKinds = [
  'motion.detected',
  'door.opened',
  'door.closed',
  'bed.left',
  'bed.entered',
] as const;
/** How far back the last movement is looked for. */
export const movementDays = 7;

const movement = z.object({
  at: instantSchema,
  kind: z.enum(eventKinds),
  deviceId: z.string(),
  deviceName: z.string(),
  room: z.string(),
});
/** `GET /alarms/{id}/evidence/movement`: the last one in the dwelling before the press, and the latest since. */
export const movementEvidenceSchema = z.object({
  /** Devices in the dwelling that would notice; without any, that nothing moved says nothing. */
  sensors: z.number().int(),
  before: movement.nullable(),
  since: movement.nullable(),
  /** Set when the history is behind: what happened after this instant is not known yet. */
  knownUntil: instantSchema.nullable(),
});
export type MovementEvidence = z.infer<typeof movementEvidenceSchema>;

/** The alarms that are looked at are of so many days, and so many at most. */
export const pastDays = 90;
export const pastAtMost = 200;

/** `GET /alarms/{id}/evidence/past`: what became of the alarms that this device raised before. */
export const pastEvidenceSchema = z.object({
  alarms: z.number().int(),
  closed: z.number().int(),
  falseAlarms: z.number().int(),
  tests: z.number().int(),
  /** There are more than were looked at. */
  isMore: z.boolean(),
  /** The latest false alarms and tests, the latest first. */
  latest: z.array(
    z.object({
      alarmId: z.string(),
      kind: z.enum(alarmKindNames),
      pressedAt: instantSchema,
      disposition: z.enum(dispositions),
    }),
  ),
});
export type PastEvidence = z.infer<typeof pastEvidenceSchema>;
