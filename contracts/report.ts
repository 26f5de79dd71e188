import { z } from 'zod';
import { alarmKindNames, priorities } from './alarm-kinds.ts';
import { dispositions } from './dispositions.ts';
import { deadlineNames, missReasons } from './escalation-steps.ts';
import { responseHops } from './history.ts';
import { instantSchema } from './ids.ts';
import { organisationLevels } from './roles.ts';
import { serviceNumbersSchema } from './service-requests.ts';
import { visitNumbersSchema } from './visit-rate.ts';

/** What a centre is measured by: these parts of all calls answered within these times, counted from the press. */
export const answerTargets = {
  within60s: { withinMs: 60_000, share: 0.985 },
  within180s: { withinMs: 180_000, share: 0.999 },
} as const;

/** The hops of an alarm's way (see `responseHops`), and from the press until somebody was there. */
export const reportHops = [...responseHops, 'on-site'] as const;
export type ReportHop = (typeof reportHops)[number];

/** `of` are those that could have met it by now: answered, or waiting longer than it allows. `share` is `null` of none. */
export const portionSchema = z.object({
  of: z.number().int(),
  met: z.number().int(),
  share: z.number().nullable(),
});
export type Portion = z.infer<typeof portionSchema>;

export const caseNumbersSchema = z.object({
  /** Alarms that people answer: technical ones, drills and tests are not among them. */
  cases: z.number().int(),
  open: z.number().int(),
  /** Left out of every other number. */
  tests: z.number().int(),
  within60s: portionSchema,
  within180s: portionSchema,
  /** Of those to which somebody went, or should have. */
  onSite: portionSchema,
  /** Of those that missed a deadline and are closed: how many a supervisor has looked at. */
  reviews: portionSchema,
  falseAlarms: z.number().int(),
  /** Of the residents who were really helped: how many said something of it, or wished to say nothing; and the mean of their scores. */
  satisfaction: z.object({ asked: portionSchema, answers: z.number().int(), mean: z.number().nullable() }),
  /** A hop that no case has gone through is left out. */
  hops: z.partialRecord(
    z.enum(reportHops),
    z.object({
      count: z.number().int(),
      p50Ms: z.number(),
      p95Ms: z.number(),
      p99Ms: z.number(),
      maxMs: z.number(),
    }),
  ),
  missed: z.array(
    z.object({ deadline: z.enum(deadlineNames), reason: z.enum(missReasons), count: z.number().int() }),
  ),
  dispositions: z.partialRecord(z.enum(dispositions), z.number().int()),
});
export type CaseNumbers = z.infer<typeof caseNumbersSchema>;

/** `GET /report`, `/report.csv`, `/report.xlsx`: of a month by the hub's clock, or of the last 24 hours. */
export const reportQuerySchema = z.object({
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'use a month such as "2026-03"')
    .optional(),
  organisationId: z.string().max(64).optional(),
  priority: z.enum(priorities).exclude(['technical']).optional(),
});

/** The same report as a file, with headings in this language. */
export const reportFileQuerySchema = reportQuerySchema.extend({
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
});

/** Beside the alarms of one part of the organisation: what was asked for in this time, and visits whose time began in it. */
export const careNumbersSchema = z.object({
  /** `null` of the whole part that the report is of. */
  organisationId: z.string().nullable(),
  requests: serviceNumbersSchema,
  visits: visitNumbersSchema,
});
export type CareNumbers = z.infer<typeof careNumbersSchema>;

export const reportSchema = z.object({
  /** `null`: the last 24 hours. */
  month: z.string().nullable(),
  from: instantSchema,
  /** Not included. */
  to: instantSchema,
  madeAt: instantSchema,
  timeZone: z.string(),
  all: caseNumbersSchema,
  /** Districts, streets and stations of the reader's part, each with everything below it; from above to below. */
  organisations: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      level: z.enum(organisationLevels),
      parentId: z.string(),
      numbers: caseNumbersSchema,
    }),
  ),
  /** Devices that raised an alarm which was none, the most often first. */
  devices: z.array(
    z.object({
      deviceId: z.string(),
      name: z.string(),
      stationId: z.string().nullable(),
      cases: z.number().int(),
      falseAlarms: z.number().int(),
    }),
  ),
  /** Answered later than 180 s after the press, or not yet, the slowest first: each is to be looked at. */
  slow: z.array(
    z.object({
      alarmId: z.string(),
      kind: z.enum(alarmKindNames),
      stationId: z.string().nullable(),
      pressedAt: instantSchema,
      /** `null` while nobody has it. */
      answeredAfterMs: z.number().nullable(),
    }),
  ),
  /** First of the whole part, then of each organisation. Absent of reports of one priority, and of those stored before it was counted. */
  care: z.array(careNumbersSchema).optional(),
});
export type Report = z.infer<typeof reportSchema>;

/** `GET /reports`: the reports of whole months that the hub has made by itself and stored, the latest first. */
export const storedReportsQuerySchema = z.object({
  organisationId: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const storedReportSchema = z.object({
  month: z.string(),
  organisationId: z.string(),
  organisationName: z.string(),
  /** `null` of the whole organisation. */
  level: z.enum(organisationLevels).nullable(),
  madeAt: instantSchema,
});
export type StoredReport = z.infer<typeof storedReportSchema>;

/** `GET /reports/{month}/{organisationId}/report.csv`, `/report.xlsx` */
export const storedReportFileSchema = reportFileQuerySchema.pick({ language: true });
