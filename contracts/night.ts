import { z } from 'zod';
import { absenceKinds } from './absence.ts';
import { alarmKindNames, priorities } from './alarm-kinds.ts';
import { instantSchema } from './ids.ts';

/** An open alarm of somebody in a list of residents. */
export const openAlarmMarkSchema = z.object({
  id: z.string(),
  kind: z.enum(alarmKindNames),
  priority: z.enum(priorities),
  isAnswered: z.boolean(),
});

/**
 * Where a resident is as far as sensors can say, in the order in which the night watch looks: `blind` – nothing of the
 * dwelling can be seen; `unequipped` – no sensor there sees anybody; `still` – seen, and not for a while.
 */
export const nightPlaces = [
  'out-of-home',
  'bathroom',
  'out-of-bed',
  'up',
  'blind',
  'still',
  'in-bed',
  'unequipped',
  'away',
] as const;
export type NightPlace = (typeof nightPlaces)[number];

/** One resident of the night watch. Nothing here is medical: why somebody is watched is not said. */
export const nightResidentSchema = z.object({
  residentId: z.string(),
  name: z.string(),
  /** The home care bed that this is; absent of other homes. */
  careBedId: z.string().optional(),
  address: z.string(),
  place: z.enum(nightPlaces),
  /** Since when; `null` if that is not known. */
  since: instantSchema.nullable(),
  /** Out of bed since, whatever room they are in. */
  outOfBedSince: instantSchema.nullable(),
  /** After so many minutes out of bed a rule raises an alarm; `null`: none does at this time. */
  limitMinutes: z.number().nullable(),
  lastSign: z.object({ at: instantSchema, room: z.string(), kind: z.string() }).nullable(),
  /** An outer door that stands open, and the last opening of any. */
  doorOpenSince: instantSchema.nullable(),
  doorOpenedAt: instantSchema.nullable(),
  /** Sensors that see, and those of them that are not heard. */
  sensors: z.object({ all: z.number().int(), gone: z.number().int() }),
  absence: z.object({ kind: z.enum(absenceKinds), until: instantSchema }).nullable(),
  alarms: z.array(openAlarmMarkSchema),
});
export type NightResident = z.infer<typeof nightResidentSchema>;

/** `GET /organisations/{id}/night`: of one station, those first who have an open alarm, then who is out of bed longest. */
export const nightSchema = z.object({
  organisationId: z.string(),
  organisationName: z.string(),
  at: instantSchema,
  timeZone: z.string(),
  /** The hub itself has not looked at what sensors say for over two minutes, or never has. */
  isBehind: z.boolean(),
  /** There are more residents than are shown. */
  isCut: z.boolean(),
  residents: z.array(nightResidentSchema),
});
export type Night = z.infer<typeof nightSchema>;

const span = z.object({ from: instantSchema, to: instantSchema.nullable() });
/**
 * `GET /organisations/{id}/night/course`: the night that runs, or the last one, from 20:00 to 08:00 by the hub's time zone.
 * `to: null` of a span: still so. `motion`: five-minute spans with movement, counted from `from`.
 */
export const nightCourseSchema = z.object({
  timeZone: z.string(),
  from: instantSchema,
  to: instantSchema,
  isCut: z.boolean(),
  residents: z.array(
    z.object({
      residentId: z.string(),
      inBed: z.array(span),
      outOfBed: z.array(span),
      motion: z.array(z.number().int()),
      doors: z.array(instantSchema),
      /** Nothing could be seen. */
      blind: z.array(span),
    }),
  ),
});
export type NightCourse = z.infer<typeof nightCourseSchema>;
/** The length of a span of `motion`. */
export const motionSpanMinutes = 5;
