import type { DeviceEvent } from '@carebell/contracts/messages.ts';
import type { Origin } from '../../ingest/receive.ts';
import type { Work } from '../../journal/journal-port.ts';
import type { WorkInput, WorkName } from '../../journal/works.ts';

/** An event, by far the most frequent work, without the names of its fields. */
type EventRow = [
  id: string,
  kind: string,
  at: string | null,
  ageMs: number | null,
  data: DeviceEvent['data'] | null,
  deviceId: string,
  residentId: string | null,
  stationId: string | null,
  gatewayId: string | null,
  isKnown: boolean,
  receivedAtMs: number,
  isUnregistered?: true,
];

/** Works whose input is JSON: what devices say, and what comes among it every second. */
const plainWorks: ReadonlySet<WorkName> = new Set([
  'receiveEvent',
  'receiveReading',
  'seeDevices',
  'indexByDevice',
  'followDetection',
] as const);

/**
 * A batch as text, or `undefined` if something of it would be lost in JSON. Between threads a text is copied as it is;
 * objects would be cloned one by one, which takes four times as long.
 */
export function worksToText(works: readonly Work[]): string | undefined {
  if (!works.every(({ name }) => plainWorks.has(name))) return undefined;
  return JSON.stringify(works.map((work) => (work.name === 'receiveEvent' ? rowOf(work.input) : work)));
}

export function worksFromText(text: string): Work[] {
  return (JSON.parse(text) as (EventRow | Work)[]).map((item) =>
    Array.isArray(item) ? { name: 'receiveEvent', input: eventOf(item) } : item,
  );
}

function rowOf({ event, origin }: WorkInput<'receiveEvent'>): EventRow {
  const row: EventRow = [
    event.id,
    event.kind,
    event.at ?? null,
    event.ageMs ?? null,
    event.data ?? null,
    origin.deviceId,
    origin.residentId,
    origin.stationId,
    origin.gatewayId,
    origin.isKnown,
    origin.receivedAtMs,
  ];
  if (origin.isUnregistered === true) row.push(true);
  return row;
}

function eventOf(row: EventRow): { event: DeviceEvent; origin: Origin } {
  const event: DeviceEvent = { id: row[0], kind: row[1] };
  if (row[2] !== null) event.at = row[2];
  if (row[3] !== null) event.ageMs = row[3];
  if (row[4] !== null) event.data = row[4];
  const origin: Origin = {
    deviceId: row[5],
    residentId: row[6],
    stationId: row[7],
    gatewayId: row[8],
    isKnown: row[9],
    receivedAtMs: row[10],
  };
  if (row[11] === true) origin.isUnregistered = true;
  return { event, origin };
}
