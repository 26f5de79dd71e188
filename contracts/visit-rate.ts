import { z } from 'zod';
import { absenceKinds } from './absence.ts';
import { instantSchema } from './ids.ts';
import { organisationLevels } from './roles.ts';
import { visitCauses } from './visit-frequencies.ts';
import { daySchema, duePhases, escalationTiers, notMetReasons } from './visits.ts';

/** Everybody who is due is to be visited. */
export const visitTarget = 1;

/** Why somebody was not visited: what the last try met, or that nobody tried. */
export const whyNotReasons = [...notMetReasons, 'not-tried'] as const;
export type WhyNot = (typeof whyNotReasons)[number];

const count = z.number().int();
/** `due` = `done` + `missed` + `open`; whoever was away all the time is `excused` and not due. */
export const visitNumbersSchema = z.object({
  due: count,
  done: count,
  missed: count,
  open: count,
  excused: count,
  /** `null` of none due. */
  share: z.number().nullable(),
  /** How the done ones were done. */
  byKind: z.object({ 'in-person': count, phone: count, sensor: count }),
  /** Not done, with a sign of life from a sensor or button in the period. */
  onlySensor: count,
  /** Done in person with the visitor checked in by a button or label. */
  checkedIn: count,
  /** Missed ones that nobody has made up for, by who is to see to it. */
  overdue: z.object({ station: count, street: count, district: count }),
  whyNot: z.partialRecord(z.enum(whyNotReasons), count),
});
export type VisitNumbers = z.infer<typeof visitNumbersSchema>;

/** `GET /visit-rate`, `/visit-rate.csv`, `/visit-rate.xlsx`: of the period in which `day` lies, by the hub's clock; today's if it is left out. */
export const visitRateQuerySchema = z.object({
  cause: z.enum(visitCauses).default('weekly'),
  day: daySchema.optional(),
  organisationId: z.string().max(64).optional(),
});
export const visitRateFileQuerySchema = visitRateQuerySchema.extend({
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
});

export const notVisitedSchema = z.object({
  residentId: z.string(),
  residentName: z.string(),
  address: z.string(),
  stationId: z.string(),
  grid: z.string().nullable(),
  phase: z.enum(duePhases).extract(['open', 'missed', 'excused']),
  until: instantSchema,
  /** Of one that is excused. */
  absence: z.enum(absenceKinds).nullable(),
  whyNot: z.enum(whyNotReasons).nullable(),
  tries: count,
  lastSignAt: instantSchema.nullable(),
  escalatedTo: z.enum(escalationTiers).nullable(),
});
export type NotVisited = z.infer<typeof notVisitedSchema>;

export const visitRateSchema = z.object({
  cause: z.enum(visitCauses),
  /** The first and the last day of the period; of `after-event` the week in which the events were. */
  firstDay: daySchema,
  lastDay: daySchema,
  from: instantSchema,
  /** Not included. */
  to: instantSchema,
  madeAt: instantSchema,
  timeZone: z.string(),
  all: visitNumbersSchema,
  /** Districts, streets and stations of the reader's part, each with everything below it. */
  organisations: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      level: z.enum(organisationLevels),
      parentId: z.string(),
      numbers: visitNumbersSchema,
    }),
  ),
  grids: z.array(
    z.object({ stationId: z.string(), grid: z.string().nullable(), numbers: visitNumbersSchema }),
  ),
  /** At most 2,000, those that are overdue longest first. */
  notVisited: z.array(notVisitedSchema),
  /** The same share in the seven periods before, the earliest first. */
  before: z.array(z.object({ firstDay: daySchema, due: count, done: count, share: z.number().nullable() })),
});
export type VisitRate = z.infer<typeof visitRateSchema>;
