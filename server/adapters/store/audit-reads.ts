import type { JournalEvent } from '@carebell/contracts/http-api.ts';
import { isEventKind } from '@carebell/contracts/event-kinds.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { AuditReads } from '../../audit/audit-reads.ts';
import { instant } from '../../clock.ts';
import { echoReason } from '../../ingest/echo.ts';
import { staysOf } from '../../device/lineage.ts';
import type { Stay } from '../../device/lineage.ts';
import { deviceOf } from './device-reads.ts';
import { deviceIndexFollower } from './followers.ts';
import { isInScope } from './page-rows.ts';
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
      for (const stay of stays) found.push(...(await eventsDuring(stay, beforeSeq, limit)));
      return found.toSorted((a, b) => b.seq - a.seq).slice(0, limit);
    },
  };

  /** What one device said while it stood there. */
  async function eventsDuring(
    { deviceId, fromMs, untilMs }: Stay,
    beforeSeq: number,
    limit: number,
  ): Promise<JournalEvent[]> {
    const entries = db
      .selectFrom('journal')
      .select(['journal.seq', 'at', 'received_at', 'type', 'kind', 'body', 'heard_by'])
      .where('journal.device_id', '=', deviceId)
      .where('type', 'in', spoken)
      .where('journal.seq', '<', beforeSeq)
      .where('received_at', '>=', fromMs)
      .where('received_at', '<', untilMs)
      .orderBy('journal.seq', 'desc')
      .limit(limit);
    // The index follows the journal: what it does not have yet is read from the journal's end.
    const follower = await db
      .selectFrom('followers')
      .select('cursor')
      .where('name', '=', deviceIndexFollower)
      .executeTakeFirst();
    const newest = await entries.where('journal.seq', '>', follower?.cursor ?? 0).execute();
    const indexed = await entries
      .innerJoin('journal_by_device', 'journal_by_device.seq', 'journal.seq')
      .where('journal_by_device.device_id', '=', deviceId)
      .clearOrderBy()
      .orderBy('journal_by_device.seq', 'desc')
      .execute();
    const rows = [...new Map([...newest, ...indexed].map((row) => [row.seq, row])).values()].slice(0, limit);
    return rows.map((row) => {
      const body = JSON.parse(row.body) as unknown;
      return {
        seq: row.seq,
        at: instant(row.at),
        receivedAt: instant(row.received_at),
        type: row.type as JournalEvent['type'],
        deviceId,
        gatewayId: row.heard_by,
        kind: row.kind,
        isKindKnown: !isEvent(row.type) || (row.kind !== null && isEventKind(row.kind)),
        body,
        reason: reasonOf(row.type, body),
      };
    });
  }
}

function isEvent(type: string): boolean {
  return type === 'event' || type === 'echo';
}

function reasonOf(type: string, body: unknown): string | null {
  if (type === 'echo') return echoReason;
  if (type !== 'malformed' || typeof body !== 'object' || body === null || !('reason' in body)) return null;
  return String(body.reason);
}
