import type { AlarmView, TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { dueAtMs } from '../../alarm/alarm-due.ts';
import type { AlarmState, AlarmStep } from '../../alarm/alarm-state.ts';
import type { AlarmListQuery, AlarmReads } from '../../alarm/alarm-reads.ts';
import { instant, instantOrNull } from '../../clock.ts';
import { escalationEntry, escalationViewOf } from '../../escalation/escalation-view.ts';
import { channelDevicePrefix } from '../../notification/channel-device.ts';
import { handlingViewOf } from '../../handling/handling-view.ts';
import type { KeptQueries, Places } from './kept-queries.ts';
import { isFromPlaceOf } from './place-rows.ts';
import { opened } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

export function createAlarmReads(db: Kysely<Tables>): AlarmReads {
  return {
    async view(alarmId) {
      const row = await viewQuery(db).where('alarms.id', '=', alarmId).executeTakeFirst();
      return row && viewOf(row);
    },
    async list(query) {
      const rows = await listQuery(db, query).execute();
      return rows.map(viewOf);
    },
    async changedSince(cursor, limit) {
      const rows = await viewQuery(db)
        .where('alarms.last_seq', '>', cursor)
        .orderBy('alarms.last_seq')
        .limit(limit)
        .execute();
      return rows.map(viewOf);
    },
    async timeline(alarmId) {
      const rows = await db
        .selectFrom('journal')
        .select(['seq', 'at', 'body', 'hash'])
        .where('alarm_id', '=', alarmId)
        .orderBy('seq')
        .execute();
      return rows.map((row) => timelineEntry(row.seq, row.at, JSON.parse(row.body) as AlarmStep));
    },
    async lastSeq() {
      const row = await db
        .selectFrom('journal')
        .select((select) => select.fn.max('seq').as('seq'))
        .executeTakeFirst();
      return row?.seq ?? 0;
    },
  };
}

/** The view of one alarm, for whoever asks for many, one by one. */
export function keepAlarmView(
  db: Kysely<Tables>,
  kept: KeptQueries,
): (alarmId: string) => Promise<AlarmView | undefined> {
  const view = kept.rows((of: Places<{ id: string }>) => viewQuery(db).where('alarms.id', '=', of.id));
  return async (id) => {
    const [row] = await view({ id });
    return row && viewOf(row);
  };
}

/** The open alarms that show a home, person or device which has changed under them. */
export async function openAlarmsOf(db: Kysely<Tables>, changes: ReadonlySet<string>): Promise<string[]> {
  const named = (prefix: string): string[] => [
    '',
    ...[...changes]
      .filter((change) => change.startsWith(prefix))
      .map((change) => change.slice(prefix.length)),
  ];
  if (changes.size === 0) return [];
  const rows = await db
    .selectFrom('alarms')
    .select('id')
    .where('phase', 'in', ['raised', 'acknowledged'])
    .where((where) =>
      where.or([
        where('dwelling_id', 'in', named('dwelling:')),
        where('device_id', 'in', named('device:')),
        where.lit(changes.has('organisations')),
      ]),
    )
    .execute();
  return rows.map(({ id }) => id);
}

function viewQuery(db: Kysely<Tables>) {
  return db
    .selectFrom('alarms')
    .leftJoin('residents', 'residents.id', 'alarms.resident_id')
    .leftJoin('dwellings', 'dwellings.id', 'alarms.dwelling_id')
    .leftJoin('devices', 'devices.id', 'alarms.device_id')
    .leftJoin('organisations', 'organisations.id', 'alarms.station_id')
    .leftJoin('gateways as heard', (join) =>
      join
        .onRef('heard.id', '=', 'devices.gateway_id')
        .on(sql<boolean>`devices.is_registered = 0 AND devices.retired_at IS NULL`),
    )
    .leftJoin('dwellings as near', 'near.id', 'heard.dwelling_id')
    .leftJoin('channels', (join) =>
      // A channel that is suspended has an alarm of its own, whose device it is.
      join.on(
        sql<boolean>`alarms.kind = 'channel-suspended' AND channels.id = substr(alarms.device_id, ${sql.lit(channelDevicePrefix.length + 1)})`,
      ),
    )
    .leftJoin('gateways', (join) =>
      join
        .onRef('gateways.id', '=', 'alarms.device_id')
        .on(sql<boolean>`alarms.kind IN ('gateway-silent', 'receiver-deaf')`),
    )
    .leftJoin('absences', (join) =>
      // Written out, so that the index of running absences is known to hold what is asked for.
      join
        .onRef('absences.resident_id', '=', 'alarms.resident_id')
        .on(sql<boolean>`absences.phase = 'running'`),
    )
    .select([
      'alarms.id',
      'alarms.state',
      'alarms.resident_id',
      'alarms.dwelling_id',
      'alarms.device_id',
      'alarms.station_id',
      'alarms.version',
      'alarms.last_seq',
      'residents.name as resident_name',
      opened('residents.phone').as('resident_phone'),
      'dwellings.address',
      sql<string | null>`coalesce(devices.name, channels.name, gateways.name)`.as('device_name'),
      'devices.is_registered',
      'devices.retired_at',
      'organisations.name as station_name',
      'heard.id as heard_by',
      'heard.name as heard_name',
      'near.address as near_address',
      'absences.id as absence_id',
      'absences.kind as absence_kind',
      'absences.from_at',
      'absences.until_at',
    ]);
}

type ViewRow = Awaited<ReturnType<ReturnType<typeof viewQuery>['execute']>>[number];

function listQuery(
  db: Kysely<Tables>,
  { phase, stationIds, residentId, deviceId, isMissed, beforeSeq, limit }: AlarmListQuery,
) {
  let query = viewQuery(db).orderBy('alarms.last_seq', 'desc').limit(limit);
  if (phase === 'open') query = query.where('alarms.phase', 'in', ['raised', 'acknowledged']);
  else if (phase !== 'all') query = query.where('alarms.phase', '=', phase);
  if (stationIds !== 'all')
    query = query.where('alarms.station_id', 'in', stationIds.length > 0 ? stationIds : ['']);
  if (residentId !== undefined) query = query.where('alarms.resident_id', '=', residentId);
  if (deviceId !== undefined) query = query.where(isFromPlaceOf(deviceId));
  if (isMissed === true) query = query.where('alarms.missed_deadlines', '>', 0);
  if (beforeSeq !== undefined) query = query.where('alarms.last_seq', '<', beforeSeq);
  return query;
}

function viewOf(row: ViewRow): AlarmView {
  const state = JSON.parse(row.state) as AlarmState;
  const isAnswered = state.phase !== 'raised';
  const isClosed = state.phase === 'closed';
  return {
    id: row.id,
    kind: state.kind,
    priority: state.priority,
    phase: state.phase,
    isStored: true,
    isLate: state.isLate,
    pressedAt: instant(state.pressedAtMs),
    raisedAt: instant(state.raisedAtMs),
    lastPressedAt: instant(state.lastPressedAtMs),
    presses: state.presses,
    cancelledAt: instantOrNull(state.cancelledAtMs),
    displayedAt: instantOrNull(state.displayedAtMs),
    acknowledgedAt: isAnswered ? instant(state.acknowledgedAtMs) : null,
    owner: isAnswered ? state.owner : null,
    ...respondersOf(state),
    ...(state.drill ? { drillId: state.drill.id } : {}),
    ...(state.test ? { testId: state.test.id } : {}),
    ...(state.reason ? { reason: state.reason } : {}),
    closedAt: isClosed ? instant(state.closedAtMs) : null,
    disposition: isClosed ? state.disposition : null,
    audience: state.audience,
    displayDeadlineAt: isAnswered ? null : instantOrNull(state.displayDeadlineAtMs),
    nextDeadlineAt: instantOrNull(dueAtMs(state)),
    ...(state.escalation ? { escalation: escalationViewOf(state.escalation, isClosed) } : {}),
    ...handlingViewOf(state),
    ...absenceOf(row),
    residentId: row.resident_id,
    residentName: row.resident_name,
    residentPhone: row.resident_phone,
    address: row.address,
    dwellingId: row.dwelling_id,
    deviceId: row.device_id,
    deviceName: row.device_name,
    isDeviceRegistered: row.is_registered !== 0 || row.retired_at !== null,
    ...(row.retired_at === null ? {} : { isDeviceRetired: true }),
    stationId: row.station_id,
    stationName: row.station_name,
    ...heardAtOf(row),
    version: row.version,
    cursor: row.last_seq,
  };
}

function absenceOf({ absence_id: id, absence_kind: kind, from_at: fromMs, until_at: untilMs }: ViewRow) {
  if (id === null || kind === null || fromMs === null || untilMs === null) return {};
  return { absence: { id, kind, from: instant(fromMs), until: instant(untilMs) } };
}

function heardAtOf({ heard_by: gatewayId, heard_name: name, near_address: address }: ViewRow) {
  return gatewayId === null ? {} : { heardAt: { gatewayId, name: name ?? '', address } };
}

function respondersOf({ responders = [] }: AlarmState): Pick<AlarmView, 'responders'> {
  if (responders.length === 0) return {};
  return { responders: responders.map(({ atMs, ...responder }) => ({ ...responder, at: instant(atMs) })) };
}

function timelineEntry(seq: number, atMs: number, step: AlarmStep): TimelineEntry {
  const line = { seq, at: instant(atMs) };
  switch (step.step) {
    case 'raised': {
      const { pressedAtMs, receivedAtMs, ...rest } = step;
      return { ...line, ...rest, pressedAt: instant(pressedAtMs), receivedAt: instant(receivedAtMs) };
    }
    case 'pressed-again':
    case 'lifted': {
      const { pressedAtMs, ...rest } = step;
      return { ...line, ...rest, pressedAt: instant(pressedAtMs) };
    }
    case 'call-back-set': {
      const { dueAtMs: callBackAtMs, ...rest } = step;
      return { ...line, ...rest, dueAt: instant(callBackAtMs) };
    }
    case 'escalated':
    case 'called':
    case 'deadline-missed':
    case 'grace-began':
    case 'movement-seen':
    case 'still-lying':
      return escalationEntry(line, step);
    default:
      return { ...line, ...step };
  }
}
