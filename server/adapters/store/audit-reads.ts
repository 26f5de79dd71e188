import type { JournalEvent } from '@carebell/contracts/http-api.ts';
import { isEventKind } from '@carebell/contracts/event-kinds.ts';
import type { Kysely } from 'kysely';
import type { AuditReads } from '../../audit/audit-reads.ts';
import { instant } from '../../clock.ts';
import type { Tables } from './tables.ts';

const spoken = ['event', 'reading', 'malformed', 'availability', 'health'] as const;

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
    async events({ deviceId, beforeSeq, limit }) {
      let query = db
        .selectFrom('journal')
        .select(['seq', 'at', 'received_at', 'type', 'kind', 'body'])
        .where('device_id', '=', deviceId)
        .where('type', 'in', spoken)
        .orderBy('seq', 'desc')
        .limit(limit);
      if (beforeSeq !== undefined) query = query.where('seq', '<', beforeSeq);
      const rows = await query.execute();
      return rows.map((row) => {
        const body = JSON.parse(row.body) as unknown;
        return {
          seq: row.seq,
          at: instant(row.at),
          receivedAt: instant(row.received_at),
          type: row.type as JournalEvent['type'],
          deviceId,
          kind: row.kind,
          isKindKnown: row.type !== 'event' || (row.kind !== null && isEventKind(row.kind)),
          body,
          reason: reasonOf(row.type, body),
        };
      });
    },
  };
}

function reasonOf(type: string, body: unknown): string | null {
  if (type !== 'malformed' || typeof body !== 'object' || body === null || !('reason' in body)) return null;
  return String(body.reason);
}
