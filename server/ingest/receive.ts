import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import { largestPayloadBytes } from '@carebell/contracts/event-kinds.ts';
import type {
  Availability,
  CommandResult,
  DeviceEvent,
  DeviceReading,
  GatewayHealth,
} from '@carebell/contracts/messages.ts';
import { hearHealth } from '../supervision/receiver-works.ts';
import { apply, raiseOrJoin, takeBack } from '../alarm/alarm-service.ts';
import { alarmMeaning } from '../alarm/alarm-rules.ts';
import type { DeviceHome, Sighting } from '../device/device-store.ts';
import type { DeviceEntry, HeardEvent, Transaction } from '../journal/transaction.ts';
import { hearUnknown } from '../unknown-device/hear-unknown.ts';
import type { Heard as HeardUnknown } from '../unknown-device/hear-unknown.ts';
import { echoReason, echoWithinMs, originalOf } from './echo.ts';
import { notePress } from '../visit/check-in.ts';
import { eventTime } from './event-time.ts';
import type { EventTime } from './event-time.ts';

/** Where a publication came from, as the hub's memory knows it. */
export type Origin = {
  deviceId: string;
  residentId: string | null;
  stationId: string | null;
  /** The gateway that spoke for the device; `null` if the device spoke itself. */
  gatewayId: string | null;
  isKnown: boolean;
  /** A gateway speaks for it, and it is registered nowhere in that gateway's earshot. */
  isUnregistered?: boolean;
  receivedAtMs: number;
};

/** What a device said, and where it came from. */
export type Heard = { event: DeviceEvent; origin: Origin };

export type Received = { isDuplicate: boolean; alarmIds: readonly string[] };

/** A press is as good as a test: the button was heard. */
const provesButton: ReadonlySet<string> = new Set(['test.pressed', 'button.pressed']);

/** The same object for every routine event: between threads it is copied once for a whole batch. */
const noAlarm: Received = { isDuplicate: false, alarmIds: [] };
const duplicate: Received = { isDuplicate: true, alarmIds: [] };

/**
 * Stores one event and what it means for alarms. A repeat within 24 h is counted as a duplicate and changes nothing; the
 * same press reported by another gateway is entered as its echo and changes nothing else.
 */
export async function receiveEvent(tx: Transaction, { event, origin }: Heard): Promise<Received> {
  const { deviceId, receivedAtMs } = origin;
  if (!(await tx.claimEvent(deviceId, event.id))) {
    await tx.refusals.count({ reason: 'duplicate', subject: deviceId, sample: event.id }, 1, receivedAtMs);
    return duplicate;
  }
  const time = eventTime(event, receivedAtMs);
  const atMs = time.happenedAtMs;
  if (origin.isUnregistered === true) await heardUnknown(tx, origin, { event });
  const original =
    origin.gatewayId === null
      ? undefined
      : await findOriginal(tx, event, { deviceId, gatewayId: origin.gatewayId }, atMs);
  if (original) {
    const line = eventLine(origin, event, time);
    await tx.append({ ...line, type: 'echo', body: { ...line.body, echoOf: original.seq } });
    await tx.refusals.count({ reason: echoReason, subject: deviceId, sample: event.id }, 1, receivedAtMs);
    return duplicate;
  }
  await tx.append(eventLine(origin, event, time));
  if (provesButton.has(event.kind)) await tx.supervision.noteTest(deviceId, atMs);
  if (!origin.isKnown) await homeOf(tx, origin);
  if (event.kind === 'test.pressed') await notePress(tx, await homeOf(tx, origin), atMs);
  const meaning = alarmMeaning(event.kind, event.data?.['key']);
  switch (meaning.type) {
    case 'none':
      return noAlarm;
    case 'raises': {
      const home = await homeOf(tx, origin);
      if (await isOfRetired(tx, meaning.kind, home)) return noAlarm;
      const times = { pressedAtMs: atMs, receivedAtMs, isLate: time.isLate };
      return { isDuplicate: false, alarmIds: [await raiseOrJoin(tx, meaning.kind, home, times)] };
    }
    case 'takes-back':
      return {
        isDuplicate: false,
        alarmIds: await takeBack(tx, await homeOf(tx, origin), meaning.groups, event.kind),
      };
  }
}

export async function receiveReading(
  tx: Transaction,
  { reading, origin }: { reading: DeviceReading; origin: Origin },
): Promise<void> {
  const time = eventTime(reading, origin.receivedAtMs);
  await tx.append(entryFrom(origin, { atMs: time.happenedAtMs, type: 'reading', kind: null, body: reading }));
  if (origin.isUnregistered === true) await heardUnknown(tx, origin, reading);
  else if (reading.firmware !== undefined) {
    await tx.maintenance.noteFirmware('device', origin.deviceId, reading.firmware, origin.receivedAtMs);
  }
}

/** A payload that does not parse is kept as it came (the first 16 KiB, base64 if it is no text) with the reason. */
export async function receiveMalformed(
  tx: Transaction,
  {
    payload,
    reason,
    origin,
    topicKind,
  }: { payload: Uint8Array; reason: string; origin: Origin; topicKind: string },
): Promise<void> {
  const kept = payload.subarray(0, largestPayloadBytes);
  const body = { topicKind, reason, bytes: payload.byteLength, ...asText(kept) };
  await tx.append(entryFrom(origin, { atMs: origin.receivedAtMs, type: 'malformed', kind: null, body }));
  await tx.refusals.count(
    { reason: 'malformed', subject: origin.deviceId, sample: reason.slice(0, 200) },
    1,
    origin.receivedAtMs,
  );
  if (!origin.isKnown) await homeOf(tx, origin);
}

/** A device's answer to a command ends the command and, for a reassurance, stands on the alarm's time line. */
export async function receiveCommandResult(
  tx: Transaction,
  { result, origin }: { result: CommandResult; origin: Origin },
): Promise<void> {
  const command = await tx.commands.findWaiting(result.id, origin.deviceId);
  if (!command) {
    await tx.refusals.count(
      { reason: 'result-without-command', subject: origin.deviceId, sample: result.id },
      1,
      origin.receivedAtMs,
    );
    return;
  }
  const reason = result.reason ?? '';
  await tx.commands.finish(command.id, result.ok ? 'done' : 'failed', reason, tx.nowMs);
  if (command.alarmId !== null && command.reassurance !== null) {
    await apply(tx, command.alarmId, {
      type: 'reassurance-answered',
      deviceId: origin.deviceId,
      state: command.reassurance,
      commandId: command.id,
      ok: result.ok,
      reason,
    });
  }
}

export async function receivePresence(
  tx: Transaction,
  change: {
    of: 'device' | 'gateway';
    id: string;
    availability: Availability;
    atMs: number;
    cause: string;
    stationId: string | null;
  },
): Promise<void> {
  await tx.devices.setAvailability(change.of, change.id, change.availability);
  await tx.append({
    atMs: change.atMs,
    receivedAtMs: tx.nowMs,
    type: 'availability',
    deviceId: change.id,
    residentId: null,
    stationId: change.stationId,
    alarmId: null,
    kind: change.availability,
    body: { of: change.of, cause: change.cause },
    hash: null,
  });
  if (change.of === 'device') tx.touched.devices.add(change.id);
}

export async function receiveHealth(
  tx: Transaction,
  {
    gatewayId,
    stationId,
    health,
    receivedAtMs,
  }: { gatewayId: string; stationId: string | null; health: GatewayHealth; receivedAtMs: number },
): Promise<void> {
  const origin = { deviceId: gatewayId, residentId: null, stationId, gatewayId: null, receivedAtMs };
  await tx.append(entryFrom(origin, { atMs: receivedAtMs, type: 'health', kind: null, body: health }));
  const version = health['firmware'] ?? health['version'];
  if (typeof version === 'string' && version !== '') {
    await tx.maintenance.noteFirmware('gateway', gatewayId, version.slice(0, 64), receivedAtMs);
  }
  await hearHealth(tx, gatewayId, health);
}

export async function seeDevices(tx: Transaction, sightings: readonly Sighting[]): Promise<void> {
  for (const sighting of sightings) await tx.devices.see(sighting);
}

/** Whether nothing follows from an event but its line in the journal. */
export function isRoutine({ event, origin }: Heard): boolean {
  return (
    origin.isKnown &&
    // What a gateway reports may be the echo of what another has reported.
    origin.gatewayId === null &&
    origin.isUnregistered !== true &&
    !provesButton.has(event.kind) &&
    alarmMeaning(event.kind, event.data?.['key']).type === 'none'
  );
}

/** As {@link receiveEvent} of one after another, for events that are all routine and new; throws {@link RepeatMet} if one is not. */
export async function receiveRoutine(tx: Transaction, heard: readonly Heard[]): Promise<Received[]> {
  const events = heard.map(({ event, origin }) => ({
    eventId: event.id,
    entry: eventLine(origin, event, eventTime(event, origin.receivedAtMs)),
  }));
  await tx.appendEvents(events);
  return heard.map(() => noAlarm);
}

/** Looked for where the original is stored, in the same transaction: an echo never counts without it. */
async function findOriginal(
  tx: Transaction,
  event: DeviceEvent,
  { deviceId, gatewayId }: { deviceId: string; gatewayId: string },
  happenedAtMs: number,
): Promise<HeardEvent | undefined> {
  const about = { deviceId, gatewayId, kind: event.kind, atMs: happenedAtMs, withinMs: echoWithinMs };
  const heard = await tx.heardAround(about);
  return heard.length === 0 ? undefined : originalOf(event, { gatewayId, happenedAtMs }, heard);
}

/** A repeat of an event is not heard again, the same press at another gateway is. */
async function heardUnknown(
  tx: Transaction,
  { gatewayId, deviceId, receivedAtMs }: Origin,
  { event, rssi, battery }: Pick<HeardUnknown, 'event' | 'rssi' | 'battery'>,
): Promise<void> {
  if (gatewayId === null) return;
  await hearUnknown(
    tx,
    { gatewayId, code: deviceId },
    { atMs: receivedAtMs, ...(event ? { event } : {}), rssi, battery },
  );
}

/** What a device that was taken out of service says of its own battery or case needs nobody; its calls do. */
async function isOfRetired(tx: Transaction, kind: AlarmKind, home: DeviceHome): Promise<boolean> {
  if (home.isRegistered || alarmKinds[kind].priority !== 'technical') return false;
  return (await tx.exchanges.life(home.deviceId))?.retiredAtMs != null;
}

async function homeOf(tx: Transaction, origin: Origin): Promise<DeviceHome> {
  return (
    (await tx.devices.home(origin.deviceId)) ??
    (await tx.devices.enterUnregistered(origin.deviceId, origin.gatewayId))
  );
}

function eventLine(origin: Origin, event: DeviceEvent, { happenedAtMs, doubt }: EventTime): DeviceEntry {
  const body = doubt === null ? event : { ...event, doubt };
  return entryFrom(origin, { atMs: happenedAtMs, type: 'event', kind: event.kind, body });
}

function entryFrom(
  origin: Pick<Origin, 'deviceId' | 'residentId' | 'stationId' | 'gatewayId' | 'receivedAtMs'>,
  { atMs, type, kind, body }: Pick<DeviceEntry, 'atMs' | 'type' | 'kind' | 'body'>,
): DeviceEntry {
  const { receivedAtMs, deviceId, residentId, stationId, gatewayId: heardBy } = origin;
  return {
    atMs,
    receivedAtMs,
    type,
    deviceId,
    residentId,
    stationId,
    alarmId: null,
    kind,
    body,
    hash: null,
    heardBy,
  };
}

function asText(payload: Uint8Array): { text: string } | { base64: string } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload) };
  } catch (error) {
    // Bytes that are no UTF-8 cannot stand in JSON as they came.
    if (!(error instanceof TypeError)) throw error;
    return { base64: Buffer.from(payload).toString('base64') };
  }
}
