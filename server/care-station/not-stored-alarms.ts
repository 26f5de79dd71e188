import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { DeviceEvent } from '@carebell/contracts/messages.ts';
import { alarmMeaning } from '../alarm/alarm-rules.ts';
import { instant } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import { eventTime } from '../ingest/event-time.ts';
import type { Origin } from '../ingest/receive.ts';

/** The identifier under which screens show an event's alarm while nothing of it is stored. */
export function notStoredId(deviceId: string, eventId: string): string {
  return `not-stored.${deviceId}.${eventId}`;
}

/** What screens show of an event that could not be stored in time; `undefined` if it raises no alarm. */
export function notStoredAlarm(
  { event, origin }: { event: DeviceEvent; origin: Origin },
  nowMs: number,
  directory: Pick<Directory, 'device' | 'organisation'>,
): AlarmView | undefined {
  const meaning = alarmMeaning(event.kind, event.data?.['key']);
  if (meaning.type !== 'raises') return undefined;
  const home = directory.device(origin.deviceId);
  const time = eventTime(event, origin.receivedAtMs);
  return {
    ...blank(meaning.kind, time.happenedAtMs, nowMs),
    id: notStoredId(origin.deviceId, event.id),
    isLate: time.isLate,
    residentId: home?.residentId ?? null,
    residentName: home?.residentName ?? null,
    residentPhone: home?.residentPhone ?? null,
    address: home?.address ?? null,
    dwellingId: home?.dwellingId ?? null,
    deviceId: origin.deviceId,
    deviceName: home?.name ?? null,
    isDeviceRegistered: home?.isRegistered === true || home?.isRetired === true,
    ...(home?.isRetired ? { isDeviceRetired: true } : {}),
    stationId: origin.stationId,
    stationName: origin.stationId === null ? null : (directory.organisation(origin.stationId)?.name ?? null),
  };
}

export const storeFailingId = 'not-stored.hub.store-failing';

/** The technical alarm that says why alarms stand on the screens as not stored. It reaches every screen. */
export function storeFailingAlarm(sinceMs: number, nowMs: number): AlarmView {
  return {
    ...blank('store-failing', sinceMs, nowMs),
    id: storeFailingId,
    isLate: false,
    residentId: null,
    residentName: null,
    residentPhone: null,
    address: null,
    dwellingId: null,
    deviceId: 'hub',
    deviceName: null,
    isDeviceRegistered: true,
    stationId: null,
    stationName: null,
  };
}

function blank(kind: AlarmKind, pressedAtMs: number, nowMs: number) {
  return {
    kind,
    priority: alarmKinds[kind].priority,
    phase: 'raised',
    isStored: false,
    pressedAt: instant(pressedAtMs),
    raisedAt: instant(nowMs),
    lastPressedAt: instant(pressedAtMs),
    presses: 1,
    cancelledAt: null,
    displayedAt: null,
    acknowledgedAt: null,
    owner: null,
    closedAt: null,
    disposition: null,
    audience: 'station',
    displayDeadlineAt: null,
    version: 0,
    cursor: 0,
  } as const;
}
