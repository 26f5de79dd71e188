import type { AbsenceKind } from '@carebell/contracts/absence.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import type { VisitFrequency, VisitSettingsPatch } from '@carebell/contracts/visit-frequencies.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { VisitStore } from '../../visit/visit-store.ts';
import { createCampaignStore } from './campaign-store.ts';
import { residentsIn } from './registry-records.ts';
import { opened, sealed } from './sealed-texts.ts';
import type { Tables } from './tables.ts';
import {
  followUpColumns,
  followUpRecordOf,
  owedColumns,
  openedFindings,
  openedFollowUp,
  owedOf,
  signOf,
  visitColumns,
  visitRecordOf,
} from './visit-rows.ts';

/** A visit may be told so much later that what was owed then must still be known. */
const toldLateMs = 15 * 86_400_000;

type PlaceRow = {
  dwellingId: string;
  stationId: string;
  grid: string | null;
  riskGroups: string;
  own: VisitFrequency | null;
  lookedAtMs: number | null;
  watch: string | null;
  ofStation: string | null;
  ofStreet: string | null;
  ofDistrict: string | null;
};

export function createVisitStore(db: Kysely<Tables>): VisitStore {
  return {
    ...createCampaignStore(db),
    async visited(residentId, nowMs) {
      const { rows } = await sql<PlaceRow>`
        SELECT dwelling_id AS dwellingId, dwellings.station_id AS stationId, grid, risk_groups AS riskGroups,
          visit_plans.frequency AS own, looked_at AS lookedAtMs, watch,
          s1.settings AS ofStation, s2.settings AS ofStreet, s3.settings AS ofDistrict
        FROM residents JOIN dwellings ON dwellings.id = dwelling_id
        LEFT JOIN visit_plans ON visit_plans.resident_id = residents.id
        LEFT JOIN visit_looks ON visit_looks.resident_id = residents.id
        LEFT JOIN detection_watches ON detection_watches.resident_id = residents.id
        LEFT JOIN organisations AS o1 ON o1.id = dwellings.station_id
        LEFT JOIN organisations AS o2 ON o2.id = o1.parent_id
        LEFT JOIN visit_settings AS s1 ON s1.organisation_id = o1.id
        LEFT JOIN visit_settings AS s2 ON s2.organisation_id = o2.id
        LEFT JOIN visit_settings AS s3 ON s3.organisation_id = o2.parent_id
        WHERE residents.id = ${residentId}`.execute(db);
      const [row] = rows;
      if (!row) return undefined;
      const absences = await sql<{ id: string; kind: AbsenceKind; fromMs: number; untilMs: number }>`
        SELECT id, kind, from_at AS fromMs, min(until_at, coalesce(ended_at, until_at)) AS untilMs
        FROM absences WHERE resident_id = ${residentId}
          AND coalesce(ended_at, until_at) >= ${Math.min(nowMs, row.lookedAtMs ?? nowMs) - toldLateMs}
        ORDER BY from_at`.execute(db);
      const owed = await db
        .selectFrom('owed_visits')
        .selectAll()
        .where('resident_id', '=', residentId)
        .where(
          sql<boolean>`(until_at > ${nowMs - toldLateMs} OR phase = 'open' OR phase = 'missed' AND settled_at IS NULL)`,
        )
        .orderBy('until_at')
        .execute();
      const { riskGroups, watch, ofStation, ofStreet, ofDistrict, ...place } = row;
      return {
        ...place,
        residentId,
        riskGroups: JSON.parse(riskGroups) as Resident['riskGroups'],
        entered: [ofDistrict, ofStreet, ofStation].flatMap((text) =>
          text === null ? [] : [JSON.parse(text) as VisitSettingsPatch],
        ),
        absences: absences.rows,
        signAtMs: signOf(watch),
        owed: owed.map(owedOf),
      };
    },
    residentsIn: (dwellingId) => residentsIn(db, dwellingId),
    async madeSince(residentId, sinceMs) {
      const rows = await db
        .selectFrom('visits')
        .select(['id', 'kind', 'result', 'reason', 'check_in', 'at'])
        .where('resident_id', '=', residentId)
        .where('at', '>=', sinceMs)
        .orderBy('at')
        .execute();
      return rows.map(({ id, kind, result, reason, check_in: checkIn, at: atMs }) => ({
        id,
        kind,
        isMet: result === 'met',
        reason,
        isCheckedIn: checkIn !== null,
        atMs,
      }));
    },
    async putOwed({ residentId, stationId, grid }, owed) {
      for (const { id, ...rest } of owed) {
        const columns = owedColumns({ id, ...rest });
        // Where it was is where it was owed: only what is still open moves with the resident.
        const place =
          rest.phase === 'open' || rest.phase === 'excused' ? { station_id: stationId, grid } : {};
        if (id === null) throw new Error('what is owed has an identifier before it is stored');
        await db
          .insertInto('owed_visits')
          .values({ id, resident_id: residentId, station_id: stationId, grid, ...columns })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...columns, ...place }))
          .execute();
      }
    },
    async putLook(residentId, lookedAtMs, nextAtMs) {
      const row = { looked_at: lookedAtMs, next_at: nextAtMs };
      await db
        .insertInto('visit_looks')
        .values({ resident_id: residentId, ...row })
        .onConflict((conflict) => conflict.column('resident_id').doUpdateSet(row))
        .execute();
    },
    lookAgain: (residentId) => lookAgain(db, { residentId }),
    async lookAgainAtAll() {
      await db.updateTable('visit_looks').set({ next_at: 0 }).execute();
    },
    async toLookAt(nowMs, atMost) {
      const rows = await db
        .selectFrom('visit_looks')
        .select('resident_id')
        .where(sql<boolean>`next_at IS NOT NULL`)
        .where('next_at', '<=', nowMs)
        .orderBy('next_at')
        .limit(atMost)
        .execute();
      return rows.map(({ resident_id: id }) => id);
    },
    async visit(id) {
      const row = await db
        .selectFrom('visits')
        .selectAll()
        .select(openedFindings)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && visitRecordOf(row);
    },
    async insertVisit(visit) {
      await db.insertInto('visits').values(visitColumns(visit)).execute();
    },
    async checkIn(visitId, atMs) {
      await db
        .updateTable('visits')
        .set({ check_in: 'button', checked_in_at: atMs })
        .where('id', '=', visitId)
        .execute();
    },
    async withoutCheckIn(dwellingId, atMs, withinMs) {
      const rows = await db
        .selectFrom('visits')
        .selectAll()
        .select(openedFindings)
        .where('dwelling_id', '=', dwellingId)
        .where('kind', '=', 'in-person')
        .where('check_in', 'is', null)
        .where('at', '>=', atMs - withinMs)
        .where('started_at', '<=', atMs + withinMs)
        .execute();
      return rows.map(visitRecordOf);
    },
    async insertPress({ dwellingId, deviceId, atMs }) {
      await db
        .insertInto('visit_presses')
        .values({ dwelling_id: dwellingId, device_id: deviceId, at: atMs })
        .execute();
    },
    async pressBetween(dwellingId, fromMs, untilMs) {
      const row = await db
        .selectFrom('visit_presses')
        .select('at')
        .where('dwelling_id', '=', dwellingId)
        .where('at', '>=', fromMs)
        .where('at', '<=', untilMs)
        .orderBy('at')
        .executeTakeFirst();
      return row?.at ?? null;
    },
    async forgetPresses(beforeMs) {
      await db.deleteFrom('visit_presses').where('at', '<', beforeMs).execute();
    },
    async followUp(id) {
      const row = await db
        .selectFrom('visit_follow_ups')
        .selectAll()
        .select(openedFollowUp)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && followUpRecordOf(row);
    },
    async putFollowUp(followUp) {
      const { id, ...columns } = followUpColumns(followUp);
      await db
        .insertInto('visit_follow_ups')
        .values({ id, ...columns })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
        .execute();
    },
    async settings(organisationId) {
      const row = await db
        .selectFrom('visit_settings')
        .selectAll()
        .where('organisation_id', '=', organisationId)
        .executeTakeFirst();
      return row && { settings: JSON.parse(row.settings) as VisitSettingsPatch, version: row.version };
    },
    async putSettings(organisationId, settings, version) {
      const row = { settings: JSON.stringify(settings), version };
      await db
        .insertInto('visit_settings')
        .values({ organisation_id: organisationId, ...row })
        .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(row))
        .execute();
    },
    async plan(residentId) {
      return db
        .selectFrom('visit_plans')
        .select(['frequency', opened('visit_plans.note').as('note'), 'version'])
        .where('resident_id', '=', residentId)
        .executeTakeFirst();
    },
    async putPlan(residentId, { note, ...plan }) {
      const columns = { ...plan, note: sealed('visit_plans.note', residentId, note) };
      await db
        .insertInto('visit_plans')
        .values({ resident_id: residentId, ...columns })
        .onConflict((conflict) => conflict.column('resident_id').doUpdateSet(columns))
        .execute();
    },
  };
}

/** Called where a resident, a dwelling or an absence is written, in its transaction: whoever writes it need not know of visits. */
export async function lookAgain(
  db: Kysely<Tables>,
  whose: { residentId: string } | { dwellingId: string },
): Promise<void> {
  const residents =
    'residentId' in whose
      ? sql`SELECT id FROM residents WHERE id = ${whose.residentId}`
      : sql`SELECT id FROM residents WHERE dwelling_id = ${whose.dwellingId}`;
  await sql`INSERT INTO visit_looks (resident_id, looked_at, next_at)
    SELECT id, NULL, 0 FROM (${residents}) WHERE true
    ON CONFLICT (resident_id) DO UPDATE SET next_at = 0`.execute(db);
}
