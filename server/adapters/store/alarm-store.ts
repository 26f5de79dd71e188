import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { Kysely, Selectable } from 'kysely';
import { dueAtMs } from '../../alarm/alarm-due.ts';
import type { AlarmState } from '../../alarm/alarm-state.ts';
import type { AlarmRecord, AlarmStore } from '../../alarm/alarm-store.ts';
import type { Tables } from './tables.ts';

export function createAlarmStore(db: Kysely<Tables>): AlarmStore {
  return {
    async load(alarmId) {
      const row = await db.selectFrom('alarms').selectAll().where('id', '=', alarmId).executeTakeFirst();
      return row && recordOf(row);
    },
    async findOpen(subject, kind) {
      const row = await db
        .selectFrom('alarms')
        .selectAll()
        .where('subject', '=', subject)
        .where('group_name', '=', alarmKinds[kind].group)
        .where('phase', '<>', 'closed')
        .executeTakeFirst();
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
    async insert(alarm) {
      await db
        .insertInto('alarms')
        .values({ id: alarm.id, ...columnsOf(alarm) })
        .execute();
    },
    async update(alarm) {
      await db.updateTable('alarms').set(columnsOf(alarm)).where('id', '=', alarm.id).execute();
    },
    async deadlinePassed(nowMs) {
      const rows = await db
        .selectFrom('alarms')
        .selectAll()
        .where('next_deadline_at', '<=', nowMs)
        .orderBy('next_deadline_at')
        .limit(200)
        .execute();
      return rows.map(recordOf);
    },
  };
}

function recordOf(row: Selectable<Tables['alarms']>): AlarmRecord {
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

function columnsOf(alarm: AlarmRecord): Omit<Selectable<Tables['alarms']>, 'id'> {
  const { state } = alarm;
  return {
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
    missed_deadlines: state.escalation?.missed.length ?? 0,
    version: alarm.version,
    last_seq: alarm.lastSeq,
    last_hash: alarm.lastHash,
  };
}
