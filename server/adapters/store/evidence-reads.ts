import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { AlarmState } from '../../alarm/alarm-state.ts';
import type { EvidenceReads } from '../../evidence/evidence-reads.ts';
import { echoReason } from '../../ingest/echo.ts';
import { isFromPlaceOf } from './place-rows.ts';
import type { Tables } from './tables.ts';

/** Half the step of the index `journal_heard`, so that a span touches at most two of its steps. */
const aroundMs = 4_000;
const stepMs = 2 * aroundMs;

export function createEvidenceReads(db: Kysely<Tables>): EvidenceReads {
  return {
    async heardAround(deviceId, atMs) {
      const [from, to] = [atMs - aroundMs, atMs + aroundMs];
      const rows = await db
        .selectFrom('journal')
        .leftJoin('gateways', 'gateways.id', 'journal.heard_by')
        .select(['seq', 'at', 'type', 'heard_by', 'body', 'gateways.name'])
        // As they stand in the index; parameters would not be known to be it.
        .where(sql<boolean>`at / 8000 IN (${Math.floor(from / stepMs)}, ${Math.floor(to / stepMs)})`)
        .where(sql<boolean>`heard_by IS NOT NULL AND type IN ('event', 'echo')`)
        .where('journal.device_id', '=', deviceId)
        .where('at', '>=', from)
        .where('at', '<=', to)
        .orderBy('seq')
        .limit(50)
        .execute();
      return rows.map((row) => ({
        seq: row.seq,
        atMs: row.at,
        isEcho: row.type === 'echo',
        gatewayId: row.heard_by ?? '',
        name: row.name ?? '',
        body: JSON.parse(row.body) as unknown,
      }));
    },
    async repetitions(deviceId, atMs) {
      const day = new Date(atMs).toISOString().slice(0, 10);
      const rows = await db
        .selectFrom('refusals')
        .select(['reason', 'count'])
        .where('day', '=', day)
        .where('reason', 'in', ['duplicate', echoReason])
        .where('subject', '=', deviceId)
        .execute();
      const count = (wanted: string) => rows.find(({ reason }) => reason === wanted)?.count ?? 0;
      return { duplicates: count('duplicate'), echoes: count(echoReason) };
    },
    async pastAlarms({ deviceId, exceptAlarmId, sinceMs, beforeMs, limit }) {
      const rows = await db
        .selectFrom('alarms')
        .select(['id', 'device_id', 'kind', 'pressed_at', 'is_test', 'state'])
        .where(isFromPlaceOf(deviceId))
        .where('pressed_at', '>=', sinceMs)
        .where('pressed_at', '<', beforeMs)
        .where('id', '<>', exceptAlarmId)
        .where('is_drill', '=', 0)
        .orderBy('pressed_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => {
        const state = JSON.parse(row.state) as AlarmState;
        return {
          alarmId: row.id,
          deviceId: row.device_id,
          kind: row.kind,
          pressedAtMs: row.pressed_at,
          disposition: state.phase !== 'closed' ? null : row.is_test === 1 ? 'test' : state.disposition,
        };
      });
    },
  };
}
