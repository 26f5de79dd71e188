import { z } from 'zod';
import { absenceMarkSchema } from './absence.ts';
import { alarmKindNames, priorities } from './alarm-kinds.ts';
import { detectionStepSchemas, reasonSchema } from './reason.ts';
import { dispatchStepSchemas } from './dispatch-ways.ts';
import { dispositions } from './dispositions.ts';
import { escalationStepSchemas, escalationViewSchema } from './escalation-steps.ts';
import { callBackSchema, closingProofSchema, handlingStepSchemas } from './handling.ts';
import { proofs } from './closing-proofs.ts';
import { instantSchema } from './ids.ts';
import { reassuranceStates } from './event-kinds.ts';
import { notificationStepSchemas, responderSchema } from './notifications.ts';
import { organisationLevels } from './roles.ts';

export const alarmPhases = ['raised', 'acknowledged', 'closed'] as const;
export type AlarmPhase = (typeof alarmPhases)[number];

const personSchema = z.object({ id: z.string(), displayName: z.string() });
export type Person = z.infer<typeof personSchema>;

/**
 * One alarm as a screen shows it. `cursor` is the journal sequence number of its latest step, `version` counts its
 * steps. `pressedAt` is when the resident pressed, `raisedAt` when the hub committed it.
 * `isStored: false` marks an alarm that the hub could not commit yet: it has no row, cannot be acknowledged, and the
 * device has not had its PUBACK; its `cursor` is 0.
 */
export const alarmViewSchema = z.object({
  id: z.string(),
  kind: z.enum(alarmKindNames),
  priority: z.enum(priorities),
  phase: z.enum(alarmPhases),
  isStored: z.boolean(),
  /** The event reached the hub long after it happened (over two minutes). */
  isLate: z.boolean(),
  pressedAt: instantSchema,
  raisedAt: instantSchema,
  lastPressedAt: instantSchema,
  presses: z.number().int(),
  /** When the resident's own device took the alarm back; it stays open all the same. */
  cancelledAt: instantSchema.nullable(),
  /** The drill that this is: nobody is in danger. Absent of what is real. */
  drillId: z.string().optional(),
  /** The test within which it came: to be treated as real all the same. Gone once somebody says that it is real. */
  testId: z.string().optional(),
  /** Why the hub raised it by itself; absent of what somebody pressed or a detector reported. */
  reason: reasonSchema.optional(),
  displayedAt: instantSchema.nullable(),
  acknowledgedAt: instantSchema.nullable(),
  owner: personSchema.nullable(),
  /** People who answered from their phones; absent while there are none. */
  responders: z.array(responderSchema).optional(),
  closedAt: instantSchema.nullable(),
  disposition: z.enum(dispositions).nullable(),
  /** The part of the organisation whose screens show it; widened when no screen displayed it in time. */
  audience: z.enum(organisationLevels),
  /** When the alarm goes to the next level unless a screen displays it first. */
  displayDeadlineAt: instantSchema.nullable(),
  /** When the hub does something about it by itself; `null` once closed. */
  nextDeadlineAt: instantSchema.nullable().optional(),
  escalation: escalationViewSchema.optional(),
  /** When its owner wants to be rung again; absent where nobody asked for it. */
  callBack: callBackSchema.optional(),
  /** What its time line shows of the resident since the last press; absent while that is nothing. */
  proofs: z.array(z.enum(proofs)).optional(),
  /** With what it was closed; absent where none was needed. */
  closingProof: closingProofSchema.optional(),
  /** The resident is not expected at home as usual, or has a carer there; absent otherwise. Of an alarm it changes nothing. */
  absence: absenceMarkSchema.optional(),
  residentId: z.string().nullable(),
  residentName: z.string().nullable(),
  residentPhone: z.string().nullable(),
  address: z.string().nullable(),
  dwellingId: z.string().nullable(),
  deviceId: z.string(),
  deviceName: z.string().nullable(),
  isDeviceRegistered: z.boolean(),
  /** The device was taken out of service; absent otherwise. */
  isDeviceRetired: z.boolean().optional(),
  stationId: z.string().nullable(),
  stationName: z.string().nullable(),
  /** Of a device that nobody has entered: the gateway that heard it, and where that is. */
  heardAt: z.object({ gatewayId: z.string(), name: z.string(), address: z.string().nullable() }).optional(),
  version: z.number().int(),
  cursor: z.number().int(),
});
export type AlarmView = z.infer<typeof alarmViewSchema>;

const at = { seq: z.number().int(), at: instantSchema };

/** One line of an alarm's time line, in journal order. */
export const timelineEntrySchema = z.discriminatedUnion('step', [
  z.object({
    ...at,
    step: z.literal('raised'),
    kind: z.enum(alarmKindNames),
    deviceId: z.string(),
    pressedAt: instantSchema,
    receivedAt: instantSchema,
    isLate: z.boolean(),
    /** The drill that this is; absent of what is real. */
    drill: z.string().optional(),
    /** The test within which it came; absent of what is real. */
    test: z.string().optional(),
  }),
  z.object({ ...at, step: z.literal('pressed-again'), deviceId: z.string(), pressedAt: instantSchema }),
  z.object({
    ...at,
    step: z.literal('lifted'),
    kind: z.enum(alarmKindNames),
    deviceId: z.string(),
    pressedAt: instantSchema,
  }),
  z.object({ ...at, step: z.literal('cancelled-by-resident'), deviceId: z.string(), eventKind: z.string() }),
  z.object({ ...at, step: z.literal('displayed'), user: personSchema, screenId: z.string() }),
  z.object({ ...at, step: z.literal('audience-widened'), audience: z.enum(organisationLevels) }),
  z.object({ ...at, step: z.literal('acknowledged'), user: personSchema }),
  z.object({ ...at, step: z.literal('taken-as-real'), user: personSchema }),
  /** Somebody entered the unknown device that raised it: the alarm is its resident's from here on. */
  z.object({ ...at, step: z.literal('device-entered'), user: personSchema, deviceId: z.string() }),
  z.object({ ...at, step: z.literal('taken-over'), user: personSchema, from: personSchema }),
  z.object({
    ...at,
    step: z.literal('closed'),
    user: personSchema,
    disposition: z.enum(dispositions),
    note: z.string(),
    proof: closingProofSchema.optional(),
  }),
  z.object({ ...at, step: z.literal('reopened'), user: personSchema, note: z.string() }),
  z.object({
    ...at,
    step: z.literal('reassurance-queued'),
    deviceId: z.string(),
    state: z.enum(reassuranceStates),
    commandId: z.string(),
  }),
  z.object({
    ...at,
    step: z.literal('reassurance-shown'),
    deviceId: z.string(),
    state: z.enum(reassuranceStates),
    commandId: z.string(),
  }),
  z.object({
    ...at,
    step: z.literal('reassurance-failed'),
    deviceId: z.string(),
    state: z.enum(reassuranceStates),
    commandId: z.string(),
    reason: z.string(),
  }),
  ...notificationStepSchemas,
  ...escalationStepSchemas,
  ...handlingStepSchemas,
  ...dispatchStepSchemas,
  ...detectionStepSchemas,
]);
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
