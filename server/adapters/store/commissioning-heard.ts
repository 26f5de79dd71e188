import { periodOf } from '@carebell/contracts/supervision-classes.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { AlarmState } from '../../alarm/alarm-state.ts';
import type { CommissioningReads } from '../../commissioning/commissioning-reads.ts';
import { clears } from '../../commissioning/retest.ts';
import { answeringRoles } from '../../identity/rights.ts';
import { saidByDevice } from './said-by-device.ts';
import { settingOf } from './supervision-store.ts';
import type { Tables } from './tables.ts';

/** What a device says within an hour or two; of one that says more the latest count. */
const entriesAtMost = 500;
const spoken = ['event', 'echo', 'availability'] as const;

export function createHeardReads(db: Kysely<Tables>): Pick<CommissioningReads, 'heard' | 'saidSince'> {
  async function entriesOf(deviceId: string, afterSeq: number, types: readonly string[]) {
    return (await saidByDevice(db, { deviceId, types, afterSeq, limit: entriesAtMost })).toReversed();
  }

  return {
    async heard(deviceId, { seq, atMs, exceptUserId }) {
      const device = await db
        .selectFrom('devices')
        .leftJoin('supervised', (join) =>
          join.onRef('supervised.id', '=', 'devices.id').on('supervised.of', '=', 'device'),
        )
        .select(['type', 'battery', 'last_seen_at', 'supervised.setting'])
        .where('devices.id', '=', deviceId)
        .executeTakeFirst();
      const period = device ? periodOf(settingOf(device.setting, device.type)) : null;
      const lastSeenAtMs = device?.last_seen_at ?? null;
      const percent = device?.battery ?? null;
      const told = await db
        .selectFrom('commands')
        .select(['id', 'reassurance', 'finished_at'])
        .where('device_id', '=', deviceId)
        .where('command', '=', 'reassure')
        .where('state', '=', 'done')
        .where('finished_at', '>=', atMs)
        .orderBy('finished_at')
        .limit(20)
        .execute();
      return {
        entries: await entriesOf(deviceId, seq, spoken),
        alarms: await alarmsOf(db, deviceId, { atMs, exceptUserId }),
        told: told.map((row) => ({
          commandId: row.id,
          state: row.reassurance ?? '',
          finishedAtMs: row.finished_at ?? 0,
        })),
        battery: percent === null || lastSeenAtMs === null ? null : { percent, atMs: lastSeenAtMs },
        lastSeenAtMs,
        periodSeconds: period && period.periodMs / 1_000,
      };
    },
    async saidSince({ deviceId, sinceMs, needs }) {
      const device = await db
        .selectFrom('devices')
        .select('last_seen_at')
        .where('id', '=', deviceId)
        .executeTakeFirst();
      if ((device?.last_seen_at ?? 0) <= sinceMs) return false;
      if (needs === 'sign') return true;
      const entries = await entriesOf(deviceId, 0, ['event']);
      return entries.some((entry) => Date.parse(entry.receivedAt) > sinceMs && clears(needs, entry));
    },
  };
}

async function alarmsOf(
  db: Kysely<Tables>,
  deviceId: string,
  { atMs, exceptUserId }: { atMs: number; exceptUserId: string },
) {
  const rows = await db
    .selectFrom('alarms')
    .select(['id', 'state', 'phase'])
    .where('device_id', '=', deviceId)
    .where((where) => where.or([where('pressed_at', '>=', atMs - 600_000), where('phase', '<>', 'closed')]))
    .orderBy('pressed_at')
    .limit(50)
    .execute();
  const ids = rows.map(({ id }) => id);
  const steps = await db
    .selectFrom('journal')
    .leftJoin('users', (join) => join.on('users.id', '=', sql<string>`journal.body ->> '$.user.id'`))
    .select(['alarm_id', 'kind', 'at', 'received_at', 'body', 'users.role', 'users.id as user_id'])
    .where('alarm_id', 'in', ids.length > 0 ? ids : [''])
    .where('kind', 'in', ['raised', 'displayed'])
    .orderBy('seq')
    .execute();
  return rows.map(({ id, state: text, phase }) => {
    const state = JSON.parse(text) as AlarmState;
    const own = steps.filter((step) => step.alarm_id === id);
    const raised = own.find(({ kind }) => kind === 'raised');
    const shown = own.find(
      ({ kind, role, user_id: userId }) =>
        kind === 'displayed' && role !== null && answeringRoles.includes(role) && userId !== exceptUserId,
    );
    const body = raised && (JSON.parse(raised.body) as { receivedAtMs?: number });
    const who = shown && (JSON.parse(shown.body) as { user: { displayName: string } });
    return {
      alarmId: id,
      pressedAtMs: state.pressedAtMs,
      receivedAtMs: body?.receivedAtMs ?? state.raisedAtMs,
      raisedAtMs: state.raisedAtMs,
      isAnswered: phase !== 'raised',
      displayed: shown && who ? { atMs: shown.at, user: who.user.displayName } : null,
    };
  });
}
