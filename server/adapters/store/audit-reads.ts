import type { JournalEvent } from '@carebell/contracts/http-api.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { AuditReads } from '../../audit/audit-reads.ts';
import { instant } from '../../clock.ts';
import { staysOf } from '../../device/lineage.ts';
import { deviceOf } from './device-reads.ts';
import { isInScope } from './page-rows.ts';
import { saidByDevice } from './said-by-device.ts';
import type { Tables } from './tables.ts';

const spoken = ['event', 'echo', 'reading', 'malformed', 'availability', 'health'] as const;

export function createAuditReads(db: Kysely<Tables>): AuditReads {
  return {
    async refusals({ sinceDay, subject, reason, limit }) {
      let query = db
        .selectFrom('refusals')
        .selectAll()
        .where('day', '>=', sinceDay)
        .orderBy('last_at', 'desc')
        .limit(limit);
      if (subject !== undefined) query = query.where('subject', '=', subject);
      if (reason !== undefined) query = query.where('reason', '=', reason);
      const rows = await query.execute();
      return rows.map((row) => ({
        reason: row.reason,
        subject: row.subject,
        day: row.day,
        count: row.count,
        firstAt: instant(row.first_at),
        lastAt: instant(row.last_at),
        sample: row.sample,
      }));
    },
    async records({ kinds, scope, residentId, beforeSeq = Number.MAX_SAFE_INTEGER, limit }) {
      let query = db
        .selectFrom('journal')
        .leftJoin('users', (join) => join.on('users.id', '=', sql<string>`journal.body ->> 'by'`))
        .select(['seq', 'at', 'kind', 'body', 'resident_id', 'station_id', 'users.display_name'])
        // As it stands in the index; a parameter would not be known to be it.
        .where(sql<boolean>`journal.type = 'registry'`)
        .where('kind', 'in', kinds)
        .where('seq', '<', beforeSeq)
        .where(isInScope('station_id', scope))
        .orderBy('seq', 'desc')
        .limit(limit);
      if (residentId !== undefined) query = query.where('resident_id', '=', residentId);
      const rows = await query.execute();
      return rows.map((row) => {
        const body = JSON.parse(row.body) as { id: string; by: string; fields?: string[] };
        return {
          seq: row.seq,
          at: instant(row.at),
          kind: row.kind ?? '',
          id: body.id,
          by: { id: body.by, displayName: row.display_name ?? body.by },
          residentId: row.resident_id,
          stationId: row.station_id,
          fields: body.fields ?? [],
        };
      });
    },
    async events({ deviceId, beforeSeq = Number.MAX_SAFE_INTEGER, limit }) {
      const here = await db.selectFrom('devices').selectAll().where('id', '=', deviceId).executeTakeFirst();
      const stays = staysOf(here ? deviceOf(here) : { id: deviceId });
      const found: JournalEvent[] = [];
      for (const stay of stays)
        found.push(...(await saidByDevice(db, { ...stay, types: spoken, beforeSeq, limit })));
      return found.toSorted((a, b) => b.seq - a.seq).slice(0, limit);
    },
  };
}
