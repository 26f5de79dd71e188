/** What goes with the clock when it was set: of each table the rows, the instants, and JSON that holds instants. */
export type Carried = {
  table: string;
  key: string;
  where: string;
  columns: readonly string[];
  json: readonly string[];
};

const openAlarm = `phase <> 'closed'`;
const everything = '1 = 1';

/**
 * Deadlines, and since when something lasts that is not over. Records keep their instants, and what goes by the calendar
 * (absences, duty, visits, drills) goes by the new one: `carried-columns.test.ts` names every column that stays.
 */
export const carriedColumns: readonly Carried[] = [
  carried('alarms', openAlarm, ['pressed_at', 'next_deadline_at'], ['state']),
  carried(
    'notifications',
    `phase IN ('queued', 'sending', 'accepted') OR alarm_id IN (SELECT id FROM alarms WHERE ${openAlarm})`,
    ['created_at', 'expires_at', 'due_at'],
    ['state'],
  ),
  carried('commands', `state = 'waiting'`, ['created_at', 'expires_at', 'sent_at']),
  carried('service_requests', 'ended_at IS NULL', ['asked_at', 'due_at'], ['state']),
  carried('channels', 'suspended_at IS NOT NULL', ['suspended_at', 'probe_at']),
  carried('report_mails', 'due_at IS NOT NULL', ['due_at']),
  carried('supervised', everything, ['last_heard_at', 'deadline_at', 'silent_since']),
  carried('supervision_clock', everything, ['at']),
  carried('station_screens', everything, ['last_screen_at']),
  { ...carried('receivers', everything, [], ['state']), key: 'gateway_id' },
  carried('devices', everything, ['last_seen_at']),
  carried('gateways', everything, ['last_seen_at']),
  { ...carried('detection_watches', everything, ['due_at'], ['watch']), key: 'resident_id' },
  carried('detection_hub', everything, ['alive_at'], ['gaps']),
  carried('test_modes', 'ended_at IS NULL', ['started_at', 'ends_at']),
  carried('commissioning_checks', 'passed_at IS NULL', ['since_at']),
  carried('device_retests', everything, ['since_at']),
  carried('device_claims', 'used_at IS NULL', ['made_at', 'expires_at']),
  carried('sessions', everything, ['created_at', 'expires_at']),
  carried('users', everything, ['locked_until']),
];

function carried(
  table: string,
  where: string,
  columns: readonly string[],
  json: readonly string[] = [],
): Carried {
  return { table, key: 'id', where, columns, json };
}

/** Appointments by the calendar. */
const staying: ReadonlySet<string> = new Set(['wishedAtMs', 'forMs']);
/** Milliseconds since the epoch were more than this from 2001 on; no duration is, and no count. */
const leastInstantMs = 1_000_000_000_000;

/** The same JSON with every instant in it moved. */
export function moveInstants(value: unknown, byMs: number): unknown {
  if (typeof value === 'number') return value >= leastInstantMs ? value + byMs : value;
  if (Array.isArray(value)) return value.map((item) => moveInstants(item, byMs));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, staying.has(key) ? item : moveInstants(item, byMs)]),
  );
}
