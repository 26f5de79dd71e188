import { z } from 'zod';
import { alarmKindNames, priorities } from '@carebell/contracts/alarm-kinds.ts';
import { alarmPhases } from '@carebell/contracts/alarm-view.ts';
import { eventKinds, reassuranceStates } from '@carebell/contracts/event-kinds.ts';
import { deviceTypes, riskGroups } from '@carebell/contracts/registry.ts';

const factors = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of "250ms", "30s", "5m", "2h", "3d". */
const duration = z
  .string()
  .regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, 'write a time such as "30s", "5m" or "2h"')
  .transform(msOf);
/** With a sign: how far a device's clock is off. */
const clockError = z
  .string()
  .regex(/^[+-]\d+(\.\d+)?(ms|s|m|h|d)$/, 'write how far the clock is off, such as "+3h" or "-2d"')
  .transform((text) => (text.startsWith('-') ? -1 : 1) * msOf(text.slice(1)));

const name = z.string().regex(/^[a-z][a-z0-9]{0,8}$/, 'use up to 9 small letters and digits');
const reference = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(\.([a-z][a-z0-9]*|\*))?$/,
    'write "resident", "resident.device", "resident.*" or "gateway"',
  );

const device = z.strictObject({
  type: z.enum(deviceTypes),
  room: z.string().max(60).default(''),
  /** The gateway that speaks for it. */
  behind: name.optional(),
  /** Within which time a sign of life is expected, at least 20 s; not waited for if it is left out. */
  supervision: duration.optional(),
});

const resident = z.strictObject({
  riskGroups: z.array(z.enum(riskGroups)).default([]),
  /** Rules in place of those of the risk groups; a time of the day may be written "now-1h". */
  rules: z.array(z.record(z.string(), z.unknown())).default([]),
  devices: z.record(name, device).default({}),
  /** As many such dwellings, each with a resident and devices of its own. */
  copies: z.number().int().min(1).max(100).default(1),
});

const when = {
  /** Counted from the beginning of the scenario. */
  at: duration,
  /** Each time at another moment within this long, by the seed. */
  spread: duration.optional(),
  repeat: z.strictObject({ every: duration, times: z.number().int().min(2).max(5_000) }).optional(),
  /** Expectations count from here. */
  mark: name.optional(),
  /** Waits, in real time, until this alarm is there. */
  once: z.strictObject({ alarm: z.enum(alarmKindNames), of: reference }).optional(),
};

const step = z.union([
  z.strictObject({
    ...when,
    device: reference,
    event: z.enum(eventKinds),
    data: z.record(z.string(), z.unknown()).optional(),
    /** The device states a time of its own, and its clock is wrong by so much. */
    clock: clockError.optional(),
  }),
  z.strictObject({ ...when, device: reference, reading: z.record(z.string(), z.number()) }),
  /** `cut`: the connection is lost and comes back; `off`: the plug is out; `on`: it is in again. */
  z.strictObject({ ...when, device: reference, link: z.enum(['cut', 'off', 'on']) }),
  z.strictObject({
    ...when,
    operator: z.enum(['acknowledge', 'close']),
    alarm: z.enum(alarmKindNames),
    of: reference,
  }),
  /** Everything that the sensors of the dwelling see of an ordinary day. */
  z.strictObject({ at: duration, day: name, for: duration }),
]);
export type Step = z.output<typeof step>;

const deadline = { within: duration, after: name.optional() };
const expectation = z.union([
  z.strictObject({
    alarm: z.enum(alarmKindNames),
    of: reference,
    ...deadline,
    priority: z.enum(priorities).optional(),
    phase: z.enum(alarmPhases).optional(),
    /** How many of them; one if it is left out. */
    count: z.number().int().min(1).optional(),
    presses: z.number().int().min(1).optional(),
    isLate: z.boolean().optional(),
    /** Taken back, or cleared by the device itself; somebody closes it all the same. */
    isCleared: z.boolean().optional(),
    /** Steps of the escalation policy carried out, at least. */
    escalationSteps: z.number().int().min(1).optional(),
  }),
  /** Not raised until the end and for so long after the last step. */
  z.strictObject({
    noAlarm: z.union([z.enum(alarmKindNames), z.literal('any')]),
    of: reference,
    for: duration.default(3_000),
  }),
  z.strictObject({ told: z.enum(reassuranceStates), device: reference, ...deadline }),
]);
export type Expectation = z.output<typeof expectation>;

export const scenarioSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{2,19}$/, 'use 3–20 small letters, digits and "-"'),
  about: z.strictObject({ 'zh-CN': z.string(), en: z.string() }),
  /** How long before now it begins: what happened since then is sent at once, each event with its own age. */
  before: duration.default(0),
  /**
   * Its dwellings are put under test: the alarms are marked, told to no family and counted apart. Not where detection is to
   * be seen: of a home under test the hub learns nothing.
   */
  isTest: z.boolean().default(true),
  residents: z.record(name, resident).default({}),
  gateways: z.record(name, z.strictObject({ supervision: duration.optional() })).default({}),
  steps: z.array(step).min(1),
  expect: z.array(expectation).min(1),
});
export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioResident = Scenario['residents'][string];

/** What editors check a scenario file with. */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(scenarioSchema, { io: 'input' });
}

function msOf(text: string): number {
  const [, number = '', unit = 's'] = /^([\d.]+)(ms|s|m|h|d)$/.exec(text) ?? [];
  return Number(number) * factors[unit as keyof typeof factors];
}
