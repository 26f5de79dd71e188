import { z } from 'zod';
import { instantSchema } from './ids.ts';
import { supervisionClasses, supervisionClassNames } from './supervision-classes.ts';

/** `own`: the period is given. `off`: nobody waits for it. */
export const supervisionChoices = [...supervisionClassNames, 'own', 'off'] as const;

/** It is silent when `missed` of its last `of` periods have passed without a sign of life. */
export const supervisionSettingSchema = z
  .strictObject({
    class: z.enum(supervisionChoices),
    periodSeconds: z.number().int().min(20).max(supervisionClasses.sp1.seconds).optional(),
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

export const testIntervals = ['week', 'month'] as const;
export type TestInterval = (typeof testIntervals)[number];
/** Seven days, and thirty-one. */
export const testIntervalMs: Record<TestInterval, number> = {
  week: 7 * 86_400_000,
  month: 31 * 86_400_000,
};

/** `GET /supervision/button-tests`: a press is as good as a test. */
export const testCoverageSchema = z.object({
  items: z.array(
    z.object({
      stationId: z.string(),
      stationName: z.string(),
      every: z.enum(testIntervals),
      /** Buttons and terminals of residents. */
      all: z.number().int(),
      tested: z.number().int(),
      /** The longest untested first, at most a hundred of a station. */
      due: z.array(
        z.object({
          deviceId: z.string(),
          name: z.string(),
          residentId: z.string(),
          testedAt: instantSchema.nullable(),
        }),
      ),
    }),
  ),
});
export type TestCoverage = z.infer<typeof testCoverageSchema>;

/** `PUT /supervision/button-tests/{id}` */
export const testRuleSchema = z.strictObject({ every: z.enum(testIntervals) });

/** `GET /supervision/batteries`: flat within so many days, or low already; the soonest first. */
export const batteryListSchema = z.object({
  withinDays: z.number().int(),
  items: z.array(
    z.object({
      deviceId: z.string(),
      name: z.string(),
      stationId: z.string().nullable(),
      stationName: z.string().nullable(),
      residentId: z.string().nullable(),
      percent: z.number(),
      /** `null`: low, and nothing says when it will be flat. */
      emptyAt: instantSchema.nullable(),
    }),
  ),
});
export type BatteryList = z.infer<typeof batteryListSchema>;
