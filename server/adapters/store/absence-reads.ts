import type { Absence } from '@carebell/contracts/absence.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { instant, instantOrNull } from '../../clock.ts';
import type { AbsenceReads } from '../../resident/absence-reads.ts';
import { isInScope } from './page-rows.ts';
import { opened } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

export function createAbsenceReads(db: Kysely<Tables>): AbsenceReads {
  const all = () =>
    db
      .selectFrom('absences')
      .leftJoin('users as setters', 'setters.id', 'absences.set_by')
      .leftJoin('users as enders', 'enders.id', 'absences.ended_by')
      .selectAll('absences')
      .select(opened('absences.note').as('note'))
      .select(['setters.display_name as set_by_name', 'enders.display_name as ended_by_name']);

  return {
    async absence(id) {
      const row = await all().where('absences.id', '=', id).executeTakeFirst();
      return row && absenceOf(row);
    },
    async absencesOf(residentId, limit) {
      const rows = await all()
        .where('absences.resident_id', '=', residentId)
        .orderBy(sql`CASE phase WHEN 'running' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END`)
        .orderBy('absences.from_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(absenceOf);
    },
    async absences({ scope, stationId, phase, limit, after }) {
      let query = db
        .selectFrom('absences')
        .innerJoin('residents', 'residents.id', 'absences.resident_id')
        .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
        .leftJoin('organisations', 'organisations.id', 'dwellings.station_id')
        .select([
          'absences.id',
          'absences.resident_id',
          'absences.kind',
          'absences.from_at',
          'absences.until_at',
          'residents.name as resident_name',
          'dwellings.address',
          'dwellings.station_id',
          'organisations.name as station_name',
        ])
        .where('absences.phase', '=', phase)
        .where(sql<boolean>`absences.phase <> 'over'`)
        .where(isInScope('dwellings.station_id', scope))
        .orderBy('absences.until_at')
        .orderBy('absences.id')
        .limit(limit + 1);
      if (stationId !== undefined) query = query.where('dwellings.station_id', '=', stationId);
      const [, untilAt, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(after ?? '') ?? [];
      if (untilAt !== undefined)
        query = query.where(sql<boolean>`(absences.until_at, absences.id) > (${Number(untilAt)}, ${id})`);
      const rows = await query.execute();
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map((row) => ({
          id: row.id,
          residentId: row.resident_id,
          kind: row.kind,
          phase,
          from: instant(row.from_at),
          until: instant(row.until_at),
          residentName: row.resident_name,
          address: row.address,
          stationId: row.station_id,
          stationName: row.station_name ?? '',
        })),
        cursor: rows.length > limit && last ? `${last.until_at}.${last.id}` : null,
      };
    },
    async isAnyDue(nowMs) {
      const row = await db
        .selectFrom('absences')
        .select('id')
        .where(sql<boolean>`due_at IS NOT NULL`)
        .where('due_at', '<=', nowMs)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function absenceOf(
  row: Tables['absences'] & { note: string; set_by_name: string | null; ended_by_name: string | null },
): Absence {
  const { ended_by: endedBy } = row;
  return {
    id: row.id,
    residentId: row.resident_id,
    kind: row.kind,
    phase: row.phase,
    from: instant(row.from_at),
    until: instant(row.until_at),
    note: row.note,
    setBy: { id: row.set_by, displayName: row.set_by_name ?? row.set_by },
    setAt: instant(row.set_at),
    endedAt: instantOrNull(row.ended_at),
    endedBy: endedBy === null ? null : { id: endedBy, displayName: row.ended_by_name ?? endedBy },
    version: row.version,
  };
}
