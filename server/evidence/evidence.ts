import { isEventKind } from '@carebell/contracts/event-kinds.ts';
import type {
  DeviceEvidence,
  MovementEvidence,
  PastEvidence,
  RepeatsEvidence,
} from '@carebell/contracts/evidence.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { instant } from '../clock.ts';
import type { Point } from '../history/history-port.ts';
import type { Hearing, PastAlarm } from './evidence-reads.ts';

const shownOfPast = 5;

/** The first of these readings, the newest first, that says anything of this. */
export function measuredIn(
  points: readonly Point[],
  field: 'battery' | 'rssi',
): DeviceEvidence['battery']['now'] {
  for (const { atMs, fields } of points) {
    const value = fields[field];
    if (typeof value === 'number') return { value, at: instant(atMs) };
  }
  return null;
}

/** Whoever reported it first stands first, and each gateway once. */
export function hearingsOf(hearings: readonly Hearing[]): RepeatsEvidence['heardBy'] {
  const first = new Map<string, Hearing>();
  for (const hearing of hearings.toSorted((a, b) => a.seq - b.seq))
    if (!first.has(hearing.gatewayId)) first.set(hearing.gatewayId, hearing);
  return [...first.values()].map(({ gatewayId, name, atMs, body }) => ({
    gatewayId,
    name,
    at: instant(atMs),
    signal: signalIn(body),
  }));
}

export function movementOf(
  point: Point | undefined,
  devices: readonly Pick<Device, 'id' | 'name' | 'room'>[],
): MovementEvidence['before'] {
  const { device: deviceId = null, kind = null } = point?.tags ?? {};
  if (!point || deviceId === null || kind === null || !isEventKind(kind)) return null;
  const device = devices.find(({ id }) => id === deviceId);
  return {
    at: instant(point.atMs),
    kind,
    deviceId,
    deviceName: device?.name ?? '',
    room: device?.room ?? '',
  };
}

/** Of the alarms that were found, at most `limit` are counted. */
export function pastOf(alarms: readonly PastAlarm[], limit: number): PastEvidence {
  const counted = alarms.slice(0, limit);
  const outcomes = counted.map(({ disposition }) => disposition);
  const latest = counted.flatMap(({ alarmId, kind, pressedAtMs, disposition }) =>
    disposition === 'false-alarm' || disposition === 'test'
      ? [{ alarmId, kind, pressedAt: instant(pressedAtMs), disposition }]
      : [],
  );
  return {
    alarms: counted.length,
    closed: outcomes.filter((outcome) => outcome !== null).length,
    falseAlarms: outcomes.filter((outcome) => outcome === 'false-alarm').length,
    tests: outcomes.filter((outcome) => outcome === 'test').length,
    isMore: alarms.length > limit,
    latest: latest.slice(0, shownOfPast),
  };
}

/** The later of a test that was heard and an alarm that was closed as one. */
export function lastTestOf(heard: Point | undefined, past: readonly PastAlarm[]): string | null {
  const closedMs = past.find(({ disposition }) => disposition === 'test')?.pressedAtMs ?? -Infinity;
  const lastMs = Math.max(heard?.atMs ?? -Infinity, closedMs);
  return lastMs === -Infinity ? null : instant(lastMs);
}

/** How strong a gateway heard it, where its firmware says so. */
export function signalIn(body: unknown): number | null {
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined;
  if (typeof data !== 'object' || data === null || !('rssi' in data)) return null;
  return typeof data.rssi === 'number' ? data.rssi : null;
}
