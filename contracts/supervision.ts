import { z } from 'zod';
import type { DeviceType } from './registry.ts';
import { instantSchema } from './ids.ts';

const minute = 60;
const hour = 3_600;
const day = 86_400;

/**
 * Within which time, in seconds, a sign of life is expected. The first six are the reporting times of EN 50136-1 for a lost
 * path (SP1 32 d … SP6 20 s); the Zigbee ones are those after which Zigbee2MQTT takes a mains-powered and a battery device
 * for gone.
 */
export const supervisionClasses = {
  sp6: { seconds: 20, source: 'EN 50136-1 SP6' },
  sp5: { seconds: 90, source: 'EN 50136-1 SP5' },
  sp4: { seconds: 3 * minute, source: 'EN 50136-1 SP4' },
  'zigbee-mains': { seconds: 10 * minute, source: 'Zigbee2MQTT, active' },
  sp3: { seconds: 30 * minute, source: 'EN 50136-1 SP3' },
  sp2: { seconds: 25 * hour, source: 'EN 50136-1 SP2' },
  'zigbee-battery': { seconds: 25 * hour, source: 'Zigbee2MQTT, passive' },
  sp1: { seconds: 32 * day, source: 'EN 50136-1 SP1' },
} as const;
export type SupervisionClass = keyof typeof supervisionClasses;
export const supervisionClassNames = Object.keys(supervisionClasses) as [
  SupervisionClass,
  ...SupervisionClass[],
];

/** `own`: the period is given. `off`: nobody waits for it. */
export const supervisionChoices = [...supervisionClassNames, 'own', 'off'] as const;

/** It is silent when `missed` of its last `of` periods have passed without a sign of life. */
export const supervisionSettingSchema = z
  .strictObject({
    class: z.enum(supervisionChoices),
    periodSeconds: z
      .number()
      .int()
      .min(20)
      .max(32 * day)
      .optional(),
    missed: z.number().int().min(1).max(10).default(1),
    of: z.number().int().min(1).max(20).default(1),
  })
  .refine(({ missed, of }) => missed <= of, {
    path: ['of'],
    message: 'must not be less than the periods that may be missed',
  })
  .refine((setting) => (setting.class === 'own') === (setting.periodSeconds !== undefined), {
    path: ['periodSeconds'],
    message: 'give the period with the class "own", and with no other',
  });
export type SupervisionSetting = z.infer<typeof supervisionSettingSchema>;

const battery: SupervisionSetting = { class: 'zigbee-battery', missed: 1, of: 1 };

/** What holds until somebody says otherwise. */
export const defaultSupervision: Record<DeviceType | 'gateway', SupervisionSetting> = {
  button: battery,
  terminal: { class: 'sp2', missed: 1, of: 1 },
  'fall-detector': battery,
  'door-sensor': battery,
  'motion-sensor': battery,
  'bed-sensor': battery,
  'smoke-detector': battery,
  'gas-detector': battery,
  'water-detector': battery,
  other: battery,
  gateway: { class: 'sp4', missed: 1, of: 1 },
};

/** `null`: nobody waits for it. */
export function periodOf({
  class: name,
  periodSeconds,
  missed,
  of,
}: SupervisionSetting): { periodMs: number; missed: number; of: number } | null {
  if (name === 'off') return null;
  const seconds = name === 'own' ? periodSeconds : supervisionClasses[name].seconds;
  return seconds === undefined ? null : { periodMs: seconds * 1_000, missed, of };
}

export const supervisedKinds = ['device', 'gateway'] as const;
export type SupervisedKind = (typeof supervisedKinds)[number];

/**
 * `unknown`: its gateway is gone, so that nobody can hear it. `not-yet`: it was never heard, and is waited for from its
 * first sign of life on.
 */
export const hearings = ['heard', 'silent', 'unknown', 'not-yet', 'off'] as const;
export type Hearing = (typeof hearings)[number];

/** `GET /supervision/{device|gateway}/{id}` */
export const supervisedSchema = z.object({
  of: z.enum(supervisedKinds),
  id: z.string(),
  hearing: z.enum(hearings),
  setting: supervisionSettingSchema,
  isDefault: z.boolean(),
  periodSeconds: z.number().nullable(),
  lastHeardAt: instantSchema.nullable(),
  nextDeadlineAt: instantSchema.nullable(),
  /** Periods that have passed without a sign of life, of the last `setting.of`. */
  missed: z.number().int(),
  silentSince: instantSchema.nullable(),
  /** The last event that it sent. */
  lastWord: z.string().nullable(),
  /** Of a gateway: the devices that nobody else is registered to hear. */
  covers: z.array(z.string()),
});
export type Supervised = z.infer<typeof supervisedSchema>;

/** `PUT /supervision/{device|gateway}/{id}`; `null` is the default of its type. */
export const supervisionChangeSchema = z.strictObject({ setting: supervisionSettingSchema.nullable() });

export const quietSchema = z.object({
  of: z.enum(supervisedKinds),
  id: z.string(),
  name: z.string(),
  type: z.string(),
  hearing: z.enum(['silent', 'unknown', 'not-yet']),
  since: instantSchema.nullable(),
  stationId: z.string().nullable(),
  stationName: z.string().nullable(),
  streetName: z.string().nullable(),
  residentId: z.string().nullable(),
  gatewayId: z.string().nullable(),
});
export type Quiet = z.infer<typeof quietSchema>;

/** `GET /supervision/quiet`: what is silent, cannot be heard, or was never heard; the longest silence first. */
export const quietListSchema = z.object({
  items: z.array(quietSchema),
  counts: z.object({
    supervised: z.number().int(),
    silent: z.number().int(),
    unknown: z.number().int(),
    notYet: z.number().int(),
  }),
});
