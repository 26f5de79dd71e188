import type { VisitFollowUp } from '@carebell/contracts/visits.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { instantOrNull } from '../../clock.ts';
import type { VisitReads } from '../../visit/visit-reads.ts';
import { isInScope } from './page-rows.ts';
import type { Tables } from './tables.ts';
import { followUpRecordOf, openedFollowUp } from './visit-rows.ts';

export function createVisitFollowUpReads(db: Kysely<Tables>): Pick<VisitReads, 'followUps' | 'followUp'> {
  const all = () =>
    db
      .selectFrom('visit_follow_ups')
      .innerJoin('residents', 'residents.id', 'visit_follow_ups.resident_id')
      .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
      .leftJoin('users as owners', 'owners.id', 'visit_follow_ups.owner_id')
      .leftJoin('users as doers', 'doers.id', 'visit_follow_ups.done_by')
      .selectAll('visit_follow_ups')
      .select(openedFollowUp)
      .select([
        'residents.name as resident_name',
        'dwellings.address',
        'dwellings.station_id',
        'owners.display_name as owner_name',
        'doers.display_name as doer_name',
      ]);
  return {
    async followUps({ scope, today, stationId, ownerId, limit, after }) {
      let query = all()
        .where('visit_follow_ups.done_at', 'is', null)
        .where(isInScope('dwellings.station_id', scope))
        .orderBy('due_day')
        .orderBy('visit_follow_ups.id')
        .limit(limit + 1);
      if (stationId !== undefined) query = query.where('dwellings.station_id', '=', stationId);
      if (ownerId !== undefined)
        query = query.where((where) =>
          where.or([where('owner_id', '=', ownerId), where('owner_id', 'is', null)]),
        );
      const [, day, id] = /^(\d{4}-\d\d-\d\d)\.([\w-]{1,64})$/.exec(after ?? '') ?? [];
      if (day !== undefined)
        query = query.where(sql<boolean>`(due_day, visit_follow_ups.id) > (${day}, ${id})`);
      const rows = await query.execute();
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map((row) => followUpOf(row, today)),
        cursor: rows.length > limit && last ? `${last.due_day}.${last.id}` : null,
      };
    },
    async followUp(id, today) {
      const row = await all().where('visit_follow_ups.id', '=', id).executeTakeFirst();
      return row && followUpOf(row, today);
    },
  };
}

function followUpOf(
  row: Tables['visit_follow_ups'] & {
    text: string;
    done_note: string;
    resident_name: string;
    address: string;
    station_id: string;
    owner_name: string | null;
    doer_name: string | null;
  },
  today: string,
): VisitFollowUp {
  const { ownerId, doneBy, doneAtMs, ...rest } = followUpRecordOf(row);
  return {
    ...rest,
    residentName: row.resident_name,
    address: row.address,
    stationId: row.station_id,
    isOverdue: doneAtMs === null && rest.dueDay < today,
    owner: ownerId === null ? null : { id: ownerId, displayName: row.owner_name ?? ownerId },
    doneAt: instantOrNull(doneAtMs),
    doneBy: doneBy === null ? null : { id: doneBy, displayName: row.doer_name ?? doneBy },
  };
}
