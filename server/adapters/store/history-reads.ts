import type { AlarmTimes } from '@carebell/contracts/history.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { AlarmState } from '../../alarm/alarm-state.ts';
import type { Scope } from '../../care-station/organisation-scope.ts';
import { instant, instantOrNull } from '../../clock.ts';
import type { HistoryReads } from '../../history/history-reads.ts';
import { createErasureReads } from './erasure-rows.ts';
import { isInScope, pageOfRows } from './page-rows.ts';
import { createResidentCopy } from './resident-copy.ts';
import type { Tables } from './tables.ts';

const entriesAtOnce = 20_000;
const linesAtOnce = 500;

type Wanted = { fromMs: number; toMs: number; scope: Scope; stationId?: string | undefined };

export function createHistoryReads(db: Kysely<Tables>): HistoryReads {
  const alarms = ({ fromMs, toMs, scope, stationId }: Wanted) => {
    const query = db
      .selectFrom('alarms')
      .where('pressed_at', '>=', fromMs)
      .where('pressed_at', '<', toMs)
      .where('is_drill', '=', 0)
      .where('is_test', '=', 0)
      .where(isInScope('station_id', scope))
      .select(['id', 'station_id', 'resident_id', 'device_id', 'pressed_at', 'state'])
      .select(
        sql<number | null>`(SELECT json_extract(raised.body, '$.receivedAtMs') FROM journal AS raised
          WHERE raised.alarm_id = alarms.id AND raised.kind = 'raised' LIMIT 1)`.as('received_at'),
      );
    return stationId === undefined ? query : query.where('station_id', '=', stationId);
  };

  const entries = createErasureReads(db);

  return {
    ...entries,
    ...createResidentCopy(db),
    async alarmWays({ limit, ...wanted }) {
      const rows = await alarms(wanted).where('priority', '<>', 'technical').limit(limit).execute();
      return rows.map((row) => {
        const state = JSON.parse(row.state) as AlarmState;
        return {
          stationId: row.station_id,
          pressedAtMs: state.pressedAtMs,
          receivedAtMs: row.received_at,
          storedAtMs: state.raisedAtMs,
          displayedAtMs: state.displayedAtMs,
          acknowledgedAtMs: state.phase === 'raised' ? null : state.acknowledgedAtMs,
          closedAtMs: state.phase === 'closed' ? state.closedAtMs : null,
        };
      });
    },
    async alarmTimes({ limit, after, residentId, ...wanted }) {
      let query = alarms(wanted)
        .orderBy('pressed_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (residentId !== undefined) query = query.where('resident_id', '=', residentId);
      if (after !== undefined) {
        const [pressedAt = '', id = ''] = after.split('.');
        query = query.where(sql<boolean>`(pressed_at, id) < (${Number(pressedAt)}, ${id})`);
      }
      const rows = await query.execute();
      const last = rows.at(limit - 1);
      return {
        items: rows.slice(0, limit).map(alarmTimesOf),
        cursor: rows.length > limit && last ? `${last.pressed_at}.${last.id}` : null,
      };
    },
    async deadLetters({ limit, after, scope }) {
      let query = db
        .selectFrom('dead_letters')
        .selectAll()
        .where(isInScope('station_id', scope))
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (after !== undefined) query = query.where('id', '<', Number(after));
      const rows = await query.execute();
      return pageOfRows(
        rows.map((row) => ({ ...row, id: String(row.id) })),
        limit,
        (row) => ({
          id: Number(row.id),
          seq: row.seq,
          at: instant(row.at),
          refusedAt: instant(row.refused_at),
          measurement: row.measurement,
          deviceId: row.device_id,
          reason: row.reason,
          line: row.line,
        }),
      );
    },
    async *journalOf(residentId) {
      let after = 0;
      for (;;) {
        const found = await entries.entriesOf(residentId, after, entriesAtOnce);
        if (!found) return;
        after = found.throughSeq;
        for (let from = 0; from < found.seqs.length; from += linesAtOnce) {
          const rows = await db
            .selectFrom('journal')
            .select(['seq', 'at', 'type', 'device_id', 'kind', 'body'])
            .where('seq', 'in', found.seqs.slice(from, from + linesAtOnce))
            .orderBy('seq')
            .execute();
          yield rows.map(({ at, device_id: deviceId, body, ...row }) => ({
            ...row,
            at: instant(at),
            deviceId,
            body: JSON.parse(body) as unknown,
          }));
        }
      }
    },
    async erasures({ limit, after, scope }) {
      let query = db
        .selectFrom('erasures')
        .selectAll()
        .select('pseudonym as id')
        .where(isInScope('station_id', scope))
        .orderBy('pseudonym')
        .limit(limit + 1);
      if (after !== undefined) query = query.where('pseudonym', '>', after);
      return pageOfRows(await query.execute(), limit, (row) => ({
        pseudonym: row.pseudonym,
        residentId: row.resident_id,
        stationId: row.station_id,
        reason: row.reason,
        requestedAt: instant(row.requested_at),
        requestedBy: row.requested_by,
        entriesRemoved: row.entries_removed,
        finishedAt: instantOrNull(row.finished_at),
      }));
    },
  };
}

function alarmTimesOf(row: {
  id: string;
  station_id: string | null;
  resident_id: string | null;
  device_id: string;
  state: string;
  received_at: number | null;
}): AlarmTimes {
  const state = JSON.parse(row.state) as AlarmState;
  const isAnswered = state.phase !== 'raised';
  return {
    alarmId: row.id,
    kind: state.kind,
    priority: state.priority,
    stationId: row.station_id,
    residentId: row.resident_id,
    deviceId: row.device_id,
    pressedAt: instant(state.pressedAtMs),
    receivedAt: instantOrNull(row.received_at),
    storedAt: instant(state.raisedAtMs),
    displayedAt: instantOrNull(state.displayedAtMs),
    acknowledgedAt: isAnswered ? instant(state.acknowledgedAtMs) : null,
    closedAt: state.phase === 'closed' ? instant(state.closedAtMs) : null,
    disposition: state.phase === 'closed' ? state.disposition : null,
  };
}
