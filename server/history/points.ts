import { isEventKind } from '@carebell/contracts/event-kinds.ts';
import type { Measurement, Point, Tags } from './history-port.ts';

/** One entry of the journal as the follower reads it. Instants are milliseconds since the epoch. */
export type JournalRow = {
  seq: number;
  atMs: number;
  receivedAtMs: number;
  type: string;
  deviceId: string | null;
  residentId: string | null;
  stationId: string | null;
  alarmId: string | null;
  kind: string | null;
  /** JSON */
  body: string;
  heardBy: string | null;
  /** Of the step that closed an alarm: the alarm's state (JSON), and when the hub received the press. */
  closedState: string | null;
  pressReceivedAtMs: number | null;
};

type Fields = Record<string, number | string>;
type Body = Readonly<Record<string, unknown>>;

const subs = 1_000_000;
/** More than any device measures; a device that invents names must not fill the store with columns. */
const valuesAtMost = 64;
const textAtMost = 1_000;
/** InfluxDB keeps `time` for itself, and a field with a tag's name could not be asked for. */
const takenNames: ReadonlySet<string> = new Set(['time', 'device', 'resident', 'station', 'kind']);

/**
 * What one entry becomes; nothing, if it measures nothing. Everything follows from the entry alone and never from what
 * the registry says today: then the same entry, followed again, is the same point.
 */
export function pointsOf(row: JournalRow): Point[] {
  const body = JSON.parse(row.body) as Body;
  switch (row.type) {
    case 'event':
    case 'echo':
      return [pointOf(row, row.type, kindTags(row), eventFields(row, body))];
    case 'reading':
      return measured(row, 'reading', body);
    case 'health':
      return measured(row, 'gateway_health', body);
    case 'availability':
      return [
        pointOf(
          row,
          'availability',
          {},
          { seq: row.seq, online: row.kind === 'online' ? 1 : 0, cause: textOf(body['cause']) },
        ),
      ];
    case 'malformed':
      return [
        pointOf(
          row,
          'malformed',
          { kind: textOf(body['topicKind']) },
          { seq: row.seq, reason: textOf(body['reason']), bytes: Number(body['bytes'] ?? 0) },
        ),
      ];
    case 'alarm':
      return alarmPoints(row, body);
    default:
      return [];
  }
}

function eventFields(row: JournalRow, body: Body): Fields {
  const { data, doubt, echoOf } = body;
  const isEmpty = typeof data !== 'object' || data === null || Object.keys(data).length === 0;
  return {
    seq: row.seq,
    delay_ms: row.receivedAtMs - row.atMs,
    ...(isEmpty ? {} : { data: JSON.stringify(data) }),
    ...(row.heardBy === null ? {} : { gateway: row.heardBy }),
    ...(typeof doubt === 'string' ? { doubt } : {}),
    ...(typeof echoOf === 'number' ? { echo_of: echoOf } : {}),
    ...(row.kind === null || isEventKind(row.kind) ? {} : { unknown_kind: row.kind }),
  };
}

/** A device may say any word: only those of the contract become a tag, so that their number stays small. */
function kindTags({ kind }: JournalRow): Partial<Tags> {
  return { kind: kind !== null && isEventKind(kind) ? kind : 'unknown' };
}

function measured(row: JournalRow, measurement: Measurement, body: Body): Point[] {
  const fields: Fields = {};
  for (const [name, value] of Object.entries(body).slice(0, valuesAtMost)) {
    if (name === 'at') continue;
    // A name holds values of one type for ever, or the store refuses them: a truth counts as 0 or 1, a text has a name of its own.
    if (typeof value === 'string') define(fields, `${fieldNameOf(name)}_text`, textOf(value));
    else if (typeof value === 'number' || typeof value === 'boolean') {
      const number = Number(value);
      if (Number.isFinite(number)) define(fields, fieldNameOf(name), number);
    }
  }
  return Object.keys(fields).length === 0 ? [] : [pointOf(row, measurement, {}, fields)];
}

/** A value of the name `__proto__` is a value like any other. */
function define(fields: Fields, name: string, value: number | string): void {
  Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
}

function alarmPoints(row: JournalRow, body: Body): Point[] {
  const step = pointOf(
    row,
    'alarm_step',
    { device: typeof body['deviceId'] === 'string' ? body['deviceId'] : null },
    { seq: row.seq, alarm: row.alarmId ?? '' },
  );
  if (row.closedState === null) return [step];
  const state = JSON.parse(row.closedState) as Body;
  // Practice is no measure of how fast anybody was helped.
  if (state['drill'] !== undefined || state['test'] !== undefined) return [step];
  const pressedAtMs = Number(state['pressedAtMs']);
  const fields: Fields = {
    seq: row.seq,
    alarm: row.alarmId ?? '',
    disposition: textOf(state['disposition']),
  };
  const instants = {
    received_ms: row.pressReceivedAtMs,
    stored_ms: state['raisedAtMs'],
    displayed_ms: state['displayedAtMs'],
    acknowledged_ms: state['acknowledgedAtMs'],
    closed_ms: state['closedAtMs'],
  };
  for (const [name, instant] of Object.entries(instants)) {
    if (typeof instant === 'number') fields[name] = instant - pressedAtMs;
  }
  return [step, pointOf(row, 'alarm_response', { kind: textOf(state['kind']) }, fields)];
}

function pointOf(row: JournalRow, measurement: Measurement, tags: Partial<Tags>, fields: Fields): Point {
  return {
    measurement,
    tags: {
      device: row.deviceId,
      resident: row.residentId,
      station: row.stationId,
      kind: measurement === 'reading' || measurement === 'gateway_health' ? null : row.kind,
      ...tags,
    },
    atMs: row.atMs,
    sub: row.seq % subs,
    fields,
  };
}

function fieldNameOf(name: string): string {
  const plain = name.replaceAll(/[^\p{L}\p{N}_.-]/gu, '_').slice(0, 59) || '_';
  return takenNames.has(plain) ? `${plain}_` : plain;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, textAtMost) : '';
}
