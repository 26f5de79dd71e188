import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { dueAtMs } from '../../alarm/alarm-due.ts';
import type { AlarmState } from '../../alarm/alarm-state.ts';
import type { AlarmRecord, AlarmStore } from '../../alarm/alarm-store.ts';
import type { KeptQueries, Places } from './kept-queries.ts';
import type { Tables } from './tables.ts';

type AlarmRow = Selectable<Tables['alarms']>;

export function createAlarmStore(db: Kysely<Tables>, kept: KeptQueries): AlarmStore {
  const alarm = kept.rows((of: Places<{ id: string }>) =>
    db.selectFrom('alarms').selectAll().where('id', '=', of.id),
  );
  // A literal, because the index of the open alarms holds for this text only: with a bound value SQLite would plan anew
  // at every run.
  const openAlarm = kept.rows((of: Places<{ subject: string; group: string }>) =>
    db
      .selectFrom('alarms')
      .selectAll()
      .where('subject', '=', of.subject)
      .where('group_name', '=', of.group)
      .where('phase', '<>', sql.lit('closed')),
  );
  const due = kept.rows((of: Places<{ nowMs: number; atMost: number }>) =>
    db
      .selectFrom('alarms')
      .selectAll()
      .where('next_deadline_at', '<=', of.nowMs)
      .orderBy('next_deadline_at')
      .limit(of.atMost),
  );
  const insert = kept.changes((row: Places<AlarmRow>) => db.insertInto('alarms').values(row));
  const update = kept.changes(({ id, ...columns }: Places<AlarmRow>) =>
    db.updateTable('alarms').set(columns).where('id', '=', id),
  );
  return {
    async load(alarmId) {
      const [row] = await alarm({ id: alarmId });
      return row && recordOf(row);
    },
    async findOpen(subject, kind) {
      const [row] = await openAlarm({ subject, group: alarmKinds[kind].group });
      return row && recordOf(row);
    },
    async findOpenOf(subjects, groups) {
      const rows = await db
        .selectFrom('alarms')
        .selectAll()
        .where('subject', 'in', subjects)
        .where('group_name', 'in', groups)
        .where('phase', '<>', 'closed')
        .execute();
      return rows.map(recordOf);
    },
    async findOpenBetween({ from, to }, groups) {
      const rows = await db
        .selectFrom('alarms')
        .selectAll()
        .where('subject', '>=', from)
        .where('subject', '<=', to)
        .where('group_name', 'in', groups)
        .where('phase', '<>', sql.lit('closed'))
        .execute();
      return rows.map(recordOf);
    },
    async insert(record) {
      await insert(rowOf(record));
    },
    async update(record) {
      await update(rowOf(record));
    },
    async deadlinePassed(nowMs, atMost) {
      return (await due({ nowMs, atMost })).map(recordOf);
    },
  };
}

function recordOf(row: AlarmRow): AlarmRecord {
  return {
    id: row.id,
    subject: row.subject,
    deviceId: row.device_id,
    residentId: row.resident_id,
    dwellingId: row.dwelling_id,
    stationId: row.station_id,
    state: JSON.parse(row.state) as AlarmState,
    version: row.version,
    lastSeq: row.last_seq,
    lastHash: row.last_hash,
  };
}

function rowOf(alarm: AlarmRecord): AlarmRow {
  const { state } = alarm;
  return {
    id: alarm.id,
    subject: alarm.subject,
    group_name: alarmKinds[state.kind].group,
    kind: state.kind,
    priority: state.priority,
    phase: state.phase,
    station_id: alarm.stationId,
    dwelling_id: alarm.dwellingId,
    resident_id: alarm.residentId,
    device_id: alarm.deviceId,
    state: JSON.stringify(state),
    pressed_at: state.pressedAtMs,
    next_deadline_at: dueAtMs(state),
    is_drill: state.drill ? 1 : 0,
    is_test: state.test ? 1 : 0,
    missed_deadlines: state.escalation?.missed.length ?? 0,
    ask_since: state.phase === 'closed' ? (state.followUp?.sinceMs ?? null) : null,
    version: alarm.version,
    last_seq: alarm.lastSeq,
    last_hash: alarm.lastHash,
  };
}
