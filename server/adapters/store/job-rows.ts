import { changedBatteryPercent } from '@carebell/contracts/maintenance.ts';
import type { Job, JobKind } from '@carebell/contracts/maintenance.ts';
import { testIntervalMs } from '@carebell/contracts/supervision.ts';
import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import { instant, instantOrNull } from '../../clock.ts';
import type { JobMoment } from '../../maintenance/job-reads.ts';

/** At or below it a battery is a job, whether its course can be foreseen or not. */
const lowPercent = 15;
/** A new one measures more than the old one by this, and at most so much. */
const risePercent = 5;
const fullPercent = 95;

export type JobRow = {
  kind: JobKind;
  of: 'device' | 'gateway';
  id: string;
  name: string;
  type: Job['type'];
  room: string;
  station_id: string | null;
  dwelling_id: string | null;
  since: number | null;
  due_at: number | null;
  percent: number | null;
  version: string | null;
  wished: string | null;
  reason: string | null;
  owner: string | null;
};
export type ShownJobRow = JobRow & {
  street_name: string | null;
  station_name: string | null;
  address: string | null;
  taken_by: string | null;
  taken_at: number | null;
  notes: string | null;
  done_at: number | null;
  done_by: string | null;
};

/**
 * The common tables of every question for jobs, `jobs` the last of them: what the state of the devices and gateways for which
 * `isAsked` holds asks for. A battery that somebody has undertaken to change stays a job until it has been.
 */
export function jobTables({ nowMs, forecasts }: JobMoment, isAsked: RawBuilder<SqlBool>) {
  const foreseen = JSON.stringify(forecasts.map(({ deviceId, emptyAtMs }) => [deviceId, emptyAtMs]));
  return sql`
    forecast (id, empty_at) AS (SELECT value ->> 0, value ->> 1 FROM json_each(${foreseen})),
    d AS (
      SELECT id, name, type, room, station_id, dwelling_id, resident_id, battery, last_seen_at
      FROM devices WHERE is_registered = 1 AND ${isAsked}),
    g AS (
      SELECT id, name, 'gateway' AS type, '' AS room, station_id, dwelling_id, last_seen_at
      FROM gateways WHERE ${isAsked}),
    jobs (kind, of, id, name, type, room, station_id, dwelling_id, since, due_at, percent, version, wished, reason, owner) AS (
      SELECT 'battery', 'device', ${sql.raw(of('d'))}, d.last_seen_at,
        (SELECT f.empty_at FROM forecast AS f WHERE f.id = d.id), d.battery, NULL, NULL, NULL, NULL
      FROM d
      WHERE d.battery IS NOT NULL AND (d.battery <= ${lowPercent} OR d.id IN (SELECT f.id FROM forecast AS f)
        OR EXISTS (
          SELECT 1 FROM maintenance_jobs AS j
          WHERE j.of = 'device' AND j.target_id = d.id AND j.kind = 'battery' AND j.done_at IS NULL
            AND d.battery <= max(${changedBatteryPercent}, min(${fullPercent}, coalesce(j.percent, 0) + ${risePercent}))))
      UNION ALL
      SELECT 'silent', s.of, ${sql.raw(of('d'))}, d.last_seen_at, ${nothing}
      FROM d JOIN supervised AS s ON s.of = 'device' AND s.id = d.id WHERE s.silent_since IS NOT NULL
      UNION ALL
      SELECT 'silent', s.of, ${sql.raw(of('g'))}, g.last_seen_at, ${nothing}
      FROM g JOIN supervised AS s ON s.of = 'gateway' AND s.id = g.id WHERE s.silent_since IS NOT NULL
      UNION ALL
      SELECT 'never-heard', 'device', ${sql.raw(of('d'))}, NULL, ${nothing}
      FROM d LEFT JOIN supervised AS s ON s.of = 'device' AND s.id = d.id
      WHERE d.last_seen_at IS NULL AND ${isWatched}
      UNION ALL
      SELECT 'never-heard', 'gateway', ${sql.raw(of('g'))}, NULL, ${nothing}
      FROM g LEFT JOIN supervised AS s ON s.of = 'gateway' AND s.id = g.id
      WHERE g.last_seen_at IS NULL AND ${isWatched}
      UNION ALL
      SELECT 'button-test', 'device', ${sql.raw(of('d'))}, t.tested_at, ${nothing}
      FROM d LEFT JOIN button_tests AS t ON t.device_id = d.id
      LEFT JOIN button_test_rules AS r ON r.station_id = d.station_id
      WHERE d.type IN ('button', 'terminal') AND d.resident_id IS NOT NULL AND d.last_seen_at IS NOT NULL
        AND coalesce(t.tested_at, 0) <= ${nowMs} - CASE r.every WHEN 'week' THEN ${testIntervalMs.week} ELSE ${testIntervalMs.month} END
      UNION ALL
      SELECT 'firmware', w.of, ${sql.raw(of('d'))}, w.since, NULL, NULL, w.version, ${wishFor('d')}, NULL, NULL
      FROM d JOIN firmware AS w ON w.of = 'device' AND w.id = d.id
      WHERE w.version <> ${wishFor('d')}
      UNION ALL
      SELECT 'firmware', w.of, ${sql.raw(of('g'))}, w.since, NULL, NULL, w.version, ${wishFor('g')}, NULL, NULL
      FROM g JOIN firmware AS w ON w.of = 'gateway' AND w.id = g.id
      WHERE w.version <> ${wishFor('g')}
      UNION ALL
      SELECT 'commissioning', 'device', ${sql.raw(of('d'))}, p.created_at, p.due_at, NULL, NULL, NULL, p.reason, p.owner
      FROM d JOIN (
        -- Of several points of a device the one that is due first.
        SELECT device_id, min(due_at) AS due_at, created_at, reason, owner
        FROM commissioning_points WHERE done_at IS NULL GROUP BY device_id) AS p ON p.device_id = d.id
      UNION ALL
      SELECT 'retest', 'device', ${sql.raw(of('d'))}, r.since_at, ${nothing}
      FROM d JOIN device_retests AS r ON r.device_id = d.id)`;
}

/** Below it the columns of a job that shows what stands around it. */
export const shownJobs = sql`
  SELECT jobs.*, street.name AS street_name, station.name AS station_name, home.address,
    j.taken_by, j.taken_at, j.notes, j.done_at, j.done_by
  FROM jobs
  LEFT JOIN organisations AS station ON station.id = jobs.station_id
  LEFT JOIN organisations AS street ON street.id = station.parent_id
  LEFT JOIN dwellings AS home ON home.id = jobs.dwelling_id
  LEFT JOIN maintenance_jobs AS j
    ON j.of = jobs.of AND j.target_id = jobs.id AND j.kind = jobs.kind AND j.done_at IS NULL`;

/** The version that is wished where it is: at the station, or else nearest above; `NULL` without a wish. */
export function wishFor(table: 'd' | 'g' | 'x') {
  const at = sql.ref(`${table}.station_id`);
  const type = sql.ref(`${table}.type`);
  return sql`(
    SELECT coalesce(w1.version, w2.version, w3.version) FROM organisations AS o1
    LEFT JOIN organisations AS o2 ON o2.id = o1.parent_id
    LEFT JOIN wished_firmware AS w1 ON w1.organisation_id = o1.id AND w1.type = ${type}
    LEFT JOIN wished_firmware AS w2 ON w2.organisation_id = o2.id AND w2.type = ${type}
    LEFT JOIN wished_firmware AS w3 ON w3.organisation_id = o2.parent_id AND w3.type = ${type}
    WHERE o1.id = ${at})`;
}

const nothing = sql`NULL, NULL, NULL, NULL, NULL, NULL`;
const isWatched = sql`coalesce(s.setting, '') NOT LIKE '%"class":"off"%'`;

function of(table: 'd' | 'g'): string {
  return ['id', 'name', 'type', 'room', 'station_id', 'dwelling_id']
    .map((name) => `${table}.${name}`)
    .join(', ');
}

type Note = { atMs: number; by: string; text: string };

/** Who took it or noted something of it. */
export function peopleIn(rows: readonly ShownJobRow[]): string[] {
  return rows.flatMap(({ taken_by: by, notes }) => [
    ...(by === null ? [] : [by]),
    ...notesIn(notes).map((note) => note.by),
  ]);
}

export function jobOf(row: ShownJobRow, names: ReadonlyMap<string, string>): Job {
  const person = (id: string) => ({ id, displayName: names.get(id) ?? id });
  return {
    kind: row.kind,
    of: row.of,
    id: row.id,
    name: row.name,
    type: row.type,
    room: row.room,
    streetName: row.street_name,
    stationId: row.station_id,
    stationName: row.station_name,
    dwellingId: row.dwelling_id,
    address: row.address,
    since: instantOrNull(row.since),
    dueAt: instantOrNull(row.due_at),
    percent: row.percent,
    version: row.version,
    wished: row.wished,
    reason: row.reason,
    owner: row.owner,
    taken:
      row.taken_by === null || row.taken_at === null
        ? null
        : { by: person(row.taken_by), at: instant(row.taken_at) },
    notes: notesIn(row.notes).map(({ atMs, by, text }) => ({ at: instant(atMs), by: person(by), text })),
    done:
      row.done_at === null
        ? null
        : {
            at: instant(row.done_at),
            proof: (row.done_by ?? 'no-longer-due') as NonNullable<Job['done']>['proof'],
          },
  };
}

function notesIn(text: string | null): Note[] {
  return text === null ? [] : (JSON.parse(text) as Note[]);
}
