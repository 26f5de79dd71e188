import { isEventKind } from '@carebell/contracts/event-kinds.ts';
import type { JournalEvent } from '@carebell/contracts/http-api.ts';
import type { Kysely } from 'kysely';
import { instant } from '../../clock.ts';
import { echoReason } from '../../ingest/echo.ts';
import { deviceIndexFollower } from './followers.ts';
import type { Tables } from './tables.ts';

type Wish = {
  deviceId: string;
  types: readonly string[];
  afterSeq?: number;
  beforeSeq?: number;
  /** When it reached the hub. */
  fromMs?: number;
  untilMs?: number;
  limit: number;
};

/** What a device said, the newest first. */
export async function saidByDevice(db: Kysely<Tables>, wish: Wish): Promise<JournalEvent[]> {
  const { deviceId, types, afterSeq = 0, beforeSeq = Number.MAX_SAFE_INTEGER, limit } = wish;
  const entries = db
    .selectFrom('journal')
    .select(['journal.seq', 'at', 'received_at', 'type', 'kind', 'body', 'heard_by'])
    .where('journal.device_id', '=', deviceId)
    .where('type', 'in', types)
    .where('journal.seq', '>', afterSeq)
    .where('journal.seq', '<', beforeSeq)
    .where('received_at', '>=', wish.fromMs ?? 0)
    .where('received_at', '<', wish.untilMs ?? Number.MAX_SAFE_INTEGER)
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
    .where('journal_by_device.seq', '>', afterSeq)
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

function isEvent(type: string): boolean {
  return type === 'event' || type === 'echo';
}

function reasonOf(type: string, body: unknown): string | null {
  if (type === 'echo') return echoReason;
  if (type !== 'malformed' || typeof body !== 'object' || body === null || !('reason' in body)) return null;
  return String(body.reason);
}
