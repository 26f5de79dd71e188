import { z } from 'zod';
import { alarmKindNames, priorities } from './alarm-kinds.ts';
import { dispositions } from './dispositions.ts';
import { pageOf, pageQuerySchema } from './http-api.ts';
import { instantSchema } from './ids.ts';

/**
 * What the history holds, each a list `GET /history/{stream}`. Points have an instant, tags by which they are found, and
 * values. `kind` is the kind of an event or echo, `online` or `offline`, the step or the kind of an alarm.
 */
export const historyStreams = [
  'events',
  'readings',
  'availability',
  'gateway-health',
  'echoes',
  'malformed',
  'alarm-steps',
  'alarm-responses',
] as const;
export type HistoryStream = (typeof historyStreams)[number];

/** Of whom, and when. `to` is not included; without `from` the last 24 hours, without `to` until now. */
const filter = {
  residentId: z.string().max(64).optional(),
  deviceId: z.string().max(64).optional(),
  stationId: z.string().max(64).optional(),
  /** Several are separated by commas. */
  kind: z.string().max(500).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
};

/** `GET /history/{stream}`: within the reader's part of the organisation, which is also what it asks for if nothing is named. */
export const historyQuerySchema = pageQuerySchema.extend({
  ...filter,
  order: z.enum(['newest', 'oldest']).default('newest'),
});

/**
 * A gateway's own points carry its identifier as `deviceId`. Values of events: `seq` (of the journal), `delay_ms`
 * (received after it happened), `data` (JSON) and `gateway` where there is one; of readings: every number by its name.
 */
export const historyPointSchema = z.object({
  at: instantSchema,
  deviceId: z.string().nullable(),
  residentId: z.string().nullable(),
  stationId: z.string().nullable(),
  kind: z.string().nullable(),
  values: z.record(z.string(), z.union([z.number(), z.string()])),
});
export type HistoryPoint = z.infer<typeof historyPointSchema>;
export const historyPageSchema = pageOf(historyPointSchema);

/** A whole number of minutes, hours or days: `5m`, `1h`, `1d`. Days and hours begin by the hub's time zone. */
export const everySchema = z
  .string()
  .regex(/^[1-9][0-9]{0,3}[mhd]$/, 'use a span such as "5m", "1h" or "1d"');

export const seriesGroupings = ['none', 'device', 'kind', 'room', 'station'] as const;
export const aggregates = ['count', 'mean', 'min', 'max', 'sum'] as const;
export type Aggregate = (typeof aggregates)[number];

/** `GET /history/series`: computed in the store. At most 5,000 spans of `every` between `from` and `to`. */
export const seriesQuerySchema = z.object({
  ...filter,
  stream: z.enum(historyStreams).default('events'),
  every: everySchema.default('1h'),
  aggregate: z.enum(aggregates).default('count'),
  /** The value to aggregate, such as `battery` of readings; counting events needs none. */
  field: z
    .string()
    .regex(/^[\p{L}\p{N}_.-]{1,64}$/u)
    .optional(),
  groupBy: z.enum(seriesGroupings).default('none'),
});
const seriesValues = z.array(z.object({ at: instantSchema, value: z.number() }));
/** `at` is the beginning of the span. Spans without a point are left out. `name` is the group's, `null` without grouping. */
export const seriesSchema = z.object({
  every: z.string(),
  from: instantSchema,
  to: instantSchema,
  timeZone: z.string(),
  groups: z.array(z.object({ name: z.string().nullable(), values: seriesValues })),
});
export type HistorySeries = z.infer<typeof seriesSchema>;

/** `GET /history/activity`: signs of life (motion, doors opened, bed, buttons) of one resident. */
export const activityQuerySchema = z.object({
  residentId: z.string().max(64),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  every: everySchema.default('1h'),
});
/** One row for each room, and one for each door: `isDoor`, with its device's name and openings only. */
export const activitySchema = z.object({
  every: z.string(),
  from: instantSchema,
  to: instantSchema,
  timeZone: z.string(),
  rows: z.array(
    z.object({
      room: z.string(),
      isDoor: z.boolean(),
      deviceIds: z.array(z.string()),
      name: z.string(),
      values: seriesValues,
    }),
  ),
});
export type Activity = z.infer<typeof activitySchema>;

/** `GET /history/nights`: from 22:00 to 06:00 by the hub's time zone. `night` is the day on which it begins. */
export const nightsQuerySchema = z.object({
  residentId: z.string().max(64),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});
export const nightsSchema = z.object({
  timeZone: z.string(),
  nights: z.array(
    z.object({
      night: z.iso.date(),
      from: instantSchema,
      to: instantSchema,
      /** Times out of bed; `returnedAt` is `null` when no return is known. */
      exits: z.array(z.object({ leftAt: instantSchema, returnedAt: instantSchema.nullable() })),
      outOfBedMinutes: z.number(),
      doorsOpened: z.array(z.object({ at: instantSchema, deviceId: z.string() })),
    }),
  ),
});
export type Nights = z.infer<typeof nightsSchema>;

/** `GET /history/door-openings`: of each door of one resident. */
export const doorOpeningsSchema = z.object({
  every: z.string(),
  from: instantSchema,
  to: instantSchema,
  timeZone: z.string(),
  doors: z.array(
    z.object({
      deviceId: z.string(),
      name: z.string(),
      room: z.string(),
      openings: z.number().int(),
      values: seriesValues,
    }),
  ),
});
export type DoorOpenings = z.infer<typeof doorOpeningsSchema>;

/**
 * The way of an alarm, each hop from the one before: press → received → stored → displayed → acknowledged → closed; an
 * alarm that was acknowledged without being displayed counts from stored. `answered` is from press to acknowledged.
 */
export const responseHops = [
  'received',
  'stored',
  'displayed',
  'acknowledged',
  'closed',
  'answered',
] as const;
export type ResponseHop = (typeof responseHops)[number];
const hopStatistics = z.object({
  count: z.number().int(),
  p50Ms: z.number(),
  p90Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
});
/** `GET /history/response-times`: of alarms pressed between `from` and `to` (without `from`: 30 days). */
export const responseTimesQuerySchema = z.object({
  stationId: z.string().max(64).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});
const stationResponses = z.object({
  stationId: z.string().nullable(),
  stationName: z.string(),
  alarms: z.number().int(),
  /** A hop that no alarm has gone through is left out. */
  hops: z.partialRecord(z.enum(responseHops), hopStatistics),
});
export const responseTimesSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  all: stationResponses,
  stations: z.array(stationResponses),
});
export type ResponseTimes = z.infer<typeof responseTimesSchema>;

/** `GET /history/alarms`: the instants of every alarm's way, newest first. */
export const alarmTimesQuerySchema = pageQuerySchema.extend({
  stationId: z.string().max(64).optional(),
  residentId: z.string().max(64).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});
export const alarmTimesSchema = z.object({
  alarmId: z.string(),
  kind: z.enum(alarmKindNames),
  priority: z.enum(priorities),
  stationId: z.string().nullable(),
  residentId: z.string().nullable(),
  deviceId: z.string(),
  pressedAt: instantSchema,
  receivedAt: instantSchema.nullable(),
  storedAt: instantSchema,
  displayedAt: instantSchema.nullable(),
  acknowledgedAt: instantSchema.nullable(),
  closedAt: instantSchema.nullable(),
  disposition: z.enum(dispositions).nullable(),
});
export type AlarmTimes = z.infer<typeof alarmTimesSchema>;

/** `GET /history/export`: CSV, or line protocol as InfluxDB takes it; oldest first, sent while it is read. */
export const historyExportQuerySchema = z.object({
  ...filter,
  stream: z.enum(historyStreams).default('events'),
  format: z.enum(['csv', 'line']).default('csv'),
});

/** `GET /history/status` */
export const historyStatusSchema = z.object({
  store: z.enum(['sqlite', 'influx']),
  isWell: z.boolean(),
  /** Why not, and since when. */
  problem: z.string().nullable(),
  failingSince: instantSchema.nullable(),
  /** The journal's latest entry, and the one up to which the history holds everything. */
  journalSeq: z.number().int(),
  cursor: z.number().int(),
  lagEntries: z.number().int(),
  lagSeconds: z.number(),
  retentionDays: z.number().int(),
});
export type HistoryStatus = z.infer<typeof historyStatusSchema>;

/** `GET /history/dead-letters`: points that the store refused, newest first, with its reason. */
export const deadLetterSchema = z.object({
  id: z.number().int(),
  seq: z.number().int().nullable(),
  at: instantSchema,
  refusedAt: instantSchema,
  measurement: z.string(),
  deviceId: z.string().nullable(),
  reason: z.string(),
  /** The point in line protocol. */
  line: z.string(),
});
export type DeadLetter = z.infer<typeof deadLetterSchema>;

/** `POST /residents/{id}/erasure`, answered with 202: what is held about the resident goes; see ADR 0012. */
export const erasureBodySchema = z.strictObject({
  /** Must repeat the resident's identifier: it cannot be taken back. */
  confirm: z.string().max(64),
  /** Who asked for it, or a reference; without names. */
  reason: z.string().trim().min(1).max(200),
});
/** `GET /erasures`. `pseudonym` stands where the resident's identifier stood; `residentId` is kept until it is done. */
export const erasureSchema = z.object({
  pseudonym: z.string(),
  residentId: z.string().nullable(),
  stationId: z.string().nullable(),
  reason: z.string(),
  requestedAt: instantSchema,
  requestedBy: z.string(),
  entriesRemoved: z.number().int(),
  finishedAt: instantSchema.nullable(),
});
export type Erasure = z.infer<typeof erasureSchema>;
