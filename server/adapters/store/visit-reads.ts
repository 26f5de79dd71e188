import type { AbsenceKind } from '@carebell/contracts/absence.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import type { OrganisationLevel } from '@carebell/contracts/roles.ts';
import type { VisitSettingsPatch } from '@carebell/contracts/visit-frequencies.ts';
import type { Visit } from '@carebell/contracts/visits.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { instant, instantOrNull } from '../../clock.ts';
import type { VisitReads } from '../../visit/visit-reads.ts';
import { createCampaignReads } from './campaign-reads.ts';
import { createDigestReads } from './digest-reads.ts';
import { createDueReads } from './due-reads.ts';
import { isInScope } from './page-rows.ts';
import { opened } from './sealed-texts.ts';
import type { Tables } from './tables.ts';
import { createVisitFollowUpReads } from './visit-follow-up-reads.ts';
import { openedFindings, signOf, visitRecordOf } from './visit-rows.ts';

export function createVisitReads(db: Kysely<Tables>): VisitReads {
  const visits = () =>
    db
      .selectFrom('visits')
      .leftJoin('users', 'users.id', 'visits.visitor_id')
      .selectAll('visits')
      .select([openedFindings, 'users.display_name']);

  return {
    ...createDueReads(db),
    ...createDigestReads(db),
    ...createVisitFollowUpReads(db),
    ...createCampaignReads(db),
    async visit(id) {
      const row = await visits().where('visits.id', '=', id).executeTakeFirst();
      return row && visitOf(row);
    },
    async visitsOf(residentId, limit) {
      const rows = await visits()
        .where('visits.resident_id', '=', residentId)
        .orderBy('visits.at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(visitOf);
    },
    async pressesAt(dwellingId, sinceMs) {
      const rows = await db
        .selectFrom('visit_presses')
        .select(['device_id', 'at'])
        .where('dwelling_id', '=', dwellingId)
        .where('at', '>=', sinceMs)
        .orderBy('at')
        .limit(20)
        .execute();
      return rows.map(({ device_id: deviceId, at: atMs }) => ({ deviceId, atMs }));
    },
    async plan(residentId) {
      const row = await db
        .selectFrom('residents')
        .leftJoin('visit_plans', 'visit_plans.resident_id', 'residents.id')
        .select([
          'risk_groups',
          'visit_plans.frequency',
          opened('visit_plans.note').as('note'),
          'visit_plans.version',
        ])
        .where('residents.id', '=', residentId)
        .executeTakeFirst();
      return (
        row && {
          riskGroups: JSON.parse(row.risk_groups) as Resident['riskGroups'],
          own: row.frequency,
          note: row.note ?? '',
          version: row.version ?? 0,
        }
      );
    },
    async settings(organisationId) {
      const { rows } = await sql<{
        id: string;
        name: string;
        level: OrganisationLevel;
        settings: string | null;
        version: number | null;
      }>`
        WITH RECURSIVE up (id, name, level, parent_id, step) AS (
          SELECT id, name, level, parent_id, 0 FROM organisations WHERE id = ${organisationId}
          UNION ALL
          SELECT above.id, above.name, above.level, above.parent_id, step + 1
          FROM organisations AS above JOIN up ON above.id = up.parent_id
        )
        SELECT up.id, up.name, level, settings, version FROM up
        LEFT JOIN visit_settings ON organisation_id = up.id ORDER BY step`.execute(db);
      return rows.map(({ settings, version, ...place }) => ({
        ...place,
        settings: settings === null ? {} : (JSON.parse(settings) as VisitSettingsPatch),
        version: version ?? 0,
      }));
    },
    async owedBetween({ cause, fromMs, untilMs, scope }) {
      const rows = await db
        .selectFrom('owed_visits')
        .leftJoin('residents', 'residents.id', 'owed_visits.resident_id')
        .leftJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
        .selectAll('owed_visits')
        .select([
          'residents.name',
          'dwellings.address',
          // Of those still to be visited; of the others the latest sign in their time is kept.
          sql<string | null>`(SELECT watch FROM detection_watches
            WHERE owed_visits.phase = 'open' AND detection_watches.resident_id = owed_visits.resident_id)`.as(
            'watch',
          ),
        ])
        .where('cause', '=', cause)
        .where('from_at', '>=', fromMs)
        .where('from_at', '<', untilMs)
        .where('owed_visits.phase', '<>', 'dropped')
        .where(isInScope('owed_visits.station_id', scope))
        .orderBy('owed_visits.until_at')
        .orderBy('owed_visits.resident_id')
        .execute();
      return rows.map((row) => {
        const live = signOf(row.watch);
        const isInTime = live !== null && live >= row.from_at && live < row.until_at;
        const absence: AbsenceKind | null = row.excuse === 'new' ? null : row.excuse;
        return {
          residentId: row.resident_id,
          residentName: row.name ?? '',
          address: row.address ?? '',
          stationId: row.station_id,
          grid: row.grid,
          fromMs: row.from_at,
          untilMs: row.until_at,
          phase: row.phase,
          kind: row.kind,
          isCheckedIn: row.is_checked_in === 1,
          settledAtMs: row.settled_at,
          tier: row.tier,
          excuse: row.excuse,
          absence,
          tries: row.tries,
          whyNot: row.why_not,
          signAtMs: isInTime ? live : row.sign_at,
        };
      });
    },
    async countsBetween({ cause, fromMs, untilMs, scope }) {
      const row = await db
        .selectFrom('owed_visits')
        .select([sql<number>`count(*)`.as('due'), sql<number>`coalesce(sum(phase = 'done'), 0)`.as('done')])
        .where('cause', '=', cause)
        .where('from_at', '>=', fromMs)
        .where('from_at', '<', untilMs)
        .where('phase', 'in', ['open', 'done', 'missed'])
        .where(isInScope('station_id', scope))
        .executeTakeFirstOrThrow();
      return { due: row.due, done: row.done };
    },
  };
}

function visitOf(row: Tables['visits'] & { findings: string; display_name: string | null }): Visit {
  const {
    startedAtMs,
    atMs,
    recordedAtMs,
    checkedInAtMs,
    visitorId,
    dwellingId: _,
    ...rest
  } = visitRecordOf(row);
  return {
    ...rest,
    startedAt: instant(startedAtMs),
    at: instant(atMs),
    recordedAt: instant(recordedAtMs),
    checkedInAt: instantOrNull(checkedInAtMs),
    visitor: { id: visitorId, displayName: row.display_name ?? visitorId },
  };
}
