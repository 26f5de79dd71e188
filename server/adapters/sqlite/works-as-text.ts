import type { DeviceEvent } from '@carebell/contracts/messages.ts';
import type { Origin } from '../../ingest/receive.ts';
import type { Work } from '../../journal/journal-port.ts';
import type { WorkName } from '../../journal/works.ts';

/** An event, by far the most frequent work, without the names of its fields. */
type Said = [
  id: string,
  kind: string,
  at: string | null,
  ageMs: number | null,
  data: DeviceEvent['data'] | null,
  receivedAtMs: number,
];
/** Where it came from. It is left out where the event before came from there too: connections are read one after another. */
type From = [
  deviceId: string,
  residentId: string | null,
  stationId: string | null,
  gatewayId: string | null,
  isKnown: boolean,
  isUnregistered?: true,
];
type EventRow = Said | [...Said, ...From];
type Place = Omit<Origin, 'receivedAtMs'>;

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
  let before: Place | undefined;
  const rows = works.map((work) => {
    if (work.name !== 'receiveEvent') return work;
    const { event, origin } = work.input;
    const isThere = before !== undefined && isSamePlace(before, origin);
    before = origin;
    return rowOf(event, origin, isThere);
  });
  return JSON.stringify(rows);
}

export function worksFromText(text: string): Work[] {
  let place: Place | undefined;
  return (JSON.parse(text) as (EventRow | Work)[]).map((item) => {
    if (!Array.isArray(item)) return item;
    place = placeOf(item) ?? place;
    if (place === undefined) throw new Error('the first event of a batch says where it came from');
    const origin: Origin = { ...place, receivedAtMs: item[5] };
    return { name: 'receiveEvent', input: { event: eventOf(item), origin } };
  });
}

function isSamePlace(one: Place, other: Place): boolean {
  return (
    one.deviceId === other.deviceId &&
    one.gatewayId === other.gatewayId &&
    one.residentId === other.residentId &&
    one.stationId === other.stationId &&
    one.isKnown === other.isKnown &&
    one.isUnregistered === other.isUnregistered
  );
}

function rowOf(event: DeviceEvent, origin: Origin, isThere: boolean): EventRow {
  const { id, kind, at = null, ageMs = null, data = null } = event;
  const { deviceId, residentId, stationId, gatewayId, isKnown, receivedAtMs } = origin;
  const said: Said = [id, kind, at, ageMs, data, receivedAtMs];
  if (isThere) return said;
  const from: From = [deviceId, residentId, stationId, gatewayId, isKnown];
  if (origin.isUnregistered === true) from.push(true);
  return [...said, ...from];
}

function placeOf(row: EventRow): Place | undefined {
  if (row.length === 6) return undefined;
  const [, , , , , , deviceId, residentId, stationId, gatewayId, isKnown, isUnregistered] = row;
  const place: Place = { deviceId, residentId, stationId, gatewayId, isKnown };
  if (isUnregistered === true) place.isUnregistered = true;
  return place;
}

function eventOf([id, kind, at, ageMs, data]: EventRow): DeviceEvent {
  const event: DeviceEvent = { id, kind };
  if (at !== null) event.at = at;
  if (ageMs !== null) event.ageMs = ageMs;
  if (data !== null) event.data = data;
  return event;
}
