import type { JobKind } from '@carebell/contracts/maintenance.ts';
import { sql } from 'kysely';
import type { Kysely, RawBuilder, SqlBool } from 'kysely';
import type { AfterJob } from '../../maintenance/job-proof.ts';
import type { JobMoment, JobReads } from '../../maintenance/job-reads.ts';
import { jobOf, jobTables, peopleIn, shownJobs, wishFor } from './job-rows.ts';
import type { ShownJobRow } from './job-rows.ts';
import type { Tables } from './tables.ts';

type Stations = readonly string[] | 'all';

export function createJobReads(db: Kysely<Tables>): JobReads {
  async function shown(rows: readonly ShownJobRow[]) {
    const ids = [...new Set(peopleIn(rows))];
    const people =
      ids.length === 0
        ? []
        : await db.selectFrom('users').select(['id', 'display_name']).where('id', 'in', ids).execute();
    const names = new Map(people.map(({ id, display_name: name }) => [id, name]));
    return rows.map((row) => jobOf(row, names));
  }

  async function jobs(moment: JobMoment, isAsked: RawBuilder<SqlBool>, kind: JobKind | null, mine = '') {
    const { rows } = await sql<ShownJobRow>`
      WITH ${jobTables(moment, isAsked)} ${shownJobs}
      WHERE (${kind} IS NULL OR jobs.kind = ${kind}) AND (${mine} = '' OR j.taken_by = ${mine})
      ORDER BY street_name, station_name, address, jobs.id, jobs.kind`.execute(db);
    return shown(rows);
  }

  return {
    async wishes() {
      const rows = await db
        .selectFrom('wished_firmware')
        .select(['organisation_id', 'type', 'version'])
        .orderBy('organisation_id')
        .orderBy('type')
        .execute();
      return rows.map((row) => ({
        organisationId: row.organisation_id,
        type: row.type,
        version: row.version,
      }));
    },
    async jobCounts(moment, stationIds) {
      const { rows } = await sql<{
        station_id: string;
        station_name: string;
        street_name: string | null;
        kind: JobKind;
        count: number;
      }>`
        WITH ${jobTables(moment, isAt(stationIds))}
        SELECT station.id AS station_id, station.name AS station_name, street.name AS street_name, n.kind, n.count
        FROM (SELECT station_id, kind, count(*) AS count FROM jobs GROUP BY station_id, kind) AS n
        JOIN organisations AS station ON station.id = n.station_id
        LEFT JOIN organisations AS street ON street.id = station.parent_id
        ORDER BY street_name, station_name, station_id, n.kind`.execute(db);
      const stations = new Map<string, Awaited<ReturnType<JobReads['jobCounts']>>[number]>();
      for (const {
        station_id: stationId,
        station_name: stationName,
        street_name: streetName,
        ...count
      } of rows) {
        const known = stations.get(stationId);
        if (known) known.counts.push(count);
        else stations.set(stationId, { stationId, stationName, streetName, counts: [count] });
      }
      return [...stations.values()];
    },
    jobsAt: (moment, stationId, kind) => jobs(moment, sql`station_id = ${stationId}`, kind ?? null),
    async job(moment, { kind, of, id }) {
      const found = await jobs(moment, sql`id = ${id}`, kind);
      return found.find((job) => job.of === of);
    },
    jobsOf: (moment, id) => jobs(moment, sql`id = ${id}`, null),
    jobsTakenBy: (moment, userId) =>
      jobs(
        moment,
        sql`id IN (SELECT target_id FROM maintenance_jobs WHERE done_at IS NULL AND taken_by = ${userId})`,
        null,
        userId,
      ),
    async doneJobs({ stationIds, userId, id, beforeMs, limit }) {
      const { rows } = await sql<ShownJobRow>`
        SELECT j.kind, j.of, j.target_id AS id, coalesce(d.name, g.name, '') AS name,
          coalesce(d.type, CASE j.of WHEN 'gateway' THEN 'gateway' ELSE 'other' END) AS type, coalesce(d.room, '') AS room,
          j.station_id, coalesce(d.dwelling_id, g.dwelling_id) AS dwelling_id, NULL AS since, NULL AS due_at,
          NULL AS percent, NULL AS version, NULL AS wished, NULL AS reason, NULL AS owner,
          street.name AS street_name, station.name AS station_name, home.address,
          j.taken_by, j.taken_at, j.notes, j.done_at, j.done_by
        FROM maintenance_jobs AS j
        LEFT JOIN devices AS d ON j.of = 'device' AND d.id = j.target_id
        LEFT JOIN gateways AS g ON j.of = 'gateway' AND g.id = j.target_id
        LEFT JOIN organisations AS station ON station.id = j.station_id
        LEFT JOIN organisations AS street ON street.id = station.parent_id
        LEFT JOIN dwellings AS home ON home.id = coalesce(d.dwelling_id, g.dwelling_id)
        WHERE j.done_at IS NOT NULL AND ${isAt(stationIds, 'j.station_id')}
          AND (${id ?? ''} = '' OR j.target_id = ${id ?? ''})
          AND (${beforeMs} IS NULL OR j.done_at < ${beforeMs}) AND (${userId ?? ''} = '' OR j.taken_by = ${userId ?? ''})
        ORDER BY j.done_at DESC LIMIT ${limit}`.execute(db);
      return shown(rows);
    },
    async settled(moment) {
      const isTaken = sql<SqlBool>`id IN (SELECT target_id FROM maintenance_jobs WHERE done_at IS NULL)`;
      const { rows } = await sql<{
        job_id: string;
        kind: JobKind;
        opened_at: number;
        is_registered: number;
        battery: number | null;
        last_seen_at: number | null;
        tested_at: number | null;
        is_version_wished: number;
      }>`
        WITH ${jobTables(moment, isTaken)}
        SELECT j.id AS job_id, j.kind, j.opened_at, (d.id IS NOT NULL OR g.id IS NOT NULL) AS is_registered,
          d.battery, coalesce(d.last_seen_at, g.last_seen_at) AS last_seen_at, t.tested_at,
          EXISTS (SELECT 1 FROM firmware AS w WHERE w.of = j.of AND w.id = j.target_id
            AND w.version = CASE j.of WHEN 'device' THEN ${wishFor('d')} ELSE ${wishFor('g')} END) AS is_version_wished
        FROM maintenance_jobs AS j
        LEFT JOIN d ON j.of = 'device' AND d.id = j.target_id
        LEFT JOIN g ON j.of = 'gateway' AND g.id = j.target_id
        LEFT JOIN button_tests AS t ON t.device_id = j.target_id
        WHERE j.done_at IS NULL AND NOT EXISTS (
          SELECT 1 FROM jobs WHERE jobs.of = j.of AND jobs.id = j.target_id AND jobs.kind = j.kind)`.execute(
        db,
      );
      return rows.map((row): AfterJob & { jobId: string } => ({
        jobId: row.job_id,
        kind: row.kind,
        openedAtMs: row.opened_at,
        isRegistered: row.is_registered === 1,
        battery: row.battery,
        lastSeenAtMs: row.last_seen_at,
        testedAtMs: row.tested_at,
        isVersionWished: row.is_version_wished === 1,
      }));
    },
    async versions(stationIds) {
      const { rows } = await sql<Awaited<ReturnType<JobReads['versions']>>[number]>`
        WITH x (id, of, type, station_id) AS (
          SELECT id, 'device', type, station_id FROM devices WHERE is_registered = 1 AND ${isAt(stationIds)}
          UNION ALL SELECT id, 'gateway', 'gateway', station_id FROM gateways WHERE ${isAt(stationIds)})
        SELECT x.type, w.version, count(*) AS count,
          coalesce(sum(w.version <> ${wishFor('x')}), 0) AS outdated
        FROM x JOIN firmware AS w ON w.of = x.of AND w.id = x.id
        GROUP BY x.type, w.version ORDER BY x.type, count DESC, w.version`.execute(db);
      return rows;
    },
  };
}

function isAt(stationIds: Stations, column = 'station_id'): RawBuilder<SqlBool> {
  if (stationIds === 'all') return sql<SqlBool>`1 = 1`;
  return sql<SqlBool>`${sql.ref(column)} IN (SELECT value FROM json_each(${JSON.stringify(stationIds)}))`;
}
