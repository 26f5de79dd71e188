import { setTimeout as pause } from 'node:timers/promises';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { adoptedSchema, unknownKeySchema, unknownPageSchema } from '@carebell/contracts/unknown-devices.ts';
import type { UnknownDevice } from '@carebell/contracts/unknown-devices.ts';
import { done } from './desk.ts';
import type { Desk, Outcome } from './desk.ts';
import { queryOf } from './hub.ts';
import type { Hub } from './hub.ts';
import { columns, timeAt } from './shown.ts';
import type { Texts } from './texts.ts';

export type UnknownOptions = { station?: string; gateway?: string; dismissed?: true };
export type WatchOptions = UnknownOptions & { for?: number; json?: true };
export type AdoptOptions = {
  type: DeviceType;
  name?: string;
  room?: string;
  dwelling?: string;
  resident?: string;
  signals?: object;
};

const lookEveryMs = 1_000;

async function heardOf(hub: Hub, { station, gateway, dismissed }: UnknownOptions) {
  const query = { limit: 500, stationId: station, gatewayId: gateway, dismissed: dismissed && 'true' };
  return hub.get(`/unknown-devices${queryOf(query)}`, unknownPageSchema);
}

export async function listUnknown(hub: Hub, options: UnknownOptions, { texts }: Desk): Promise<Outcome> {
  const { items } = await heardOf(hub, options);
  const { timeZone } = hub.session.hub;
  const rows = items.map((device) => cellsOf(device, timeZone, texts));
  return done(items, items.length === 0 ? [texts.noneHeard] : columns([texts.unknownHeads, ...rows]));
}

/**
 * Tells each code as it is heard, until the time is over or the person leaves. One that was not in the list when the watch began
 * is marked as new: that is the device in the installer's hand.
 */
export async function watchUnknown(hub: Hub, options: WatchOptions, desk: Desk): Promise<Outcome> {
  const { texts, interrupted } = desk;
  const over = AbortSignal.any([
    interrupted,
    ...(options.for === undefined ? [] : [AbortSignal.timeout(options.for * 1_000)]),
  ]);
  const known = new Map<string, number>();
  const keyOf = ({ gatewayId, code }: UnknownDevice) => `${gatewayId} ${code}`;
  const before = await heardOf(hub, options);
  for (const device of before.items) known.set(keyOf(device), device.times);
  const old = new Set(known.keys());
  let heard = 0;
  if (options.json !== true) desk.print(texts.watching);
  while (await elapsed(lookEveryMs, over)) {
    const { items } = await heardOf(hub, options);
    // The list has the latest first; told is in the order of hearing.
    for (const device of items.toReversed()) {
      const key = keyOf(device);
      if (known.get(key) === device.times) continue;
      known.set(key, device.times);
      heard += 1;
      const isNew = !old.has(key);
      if (options.json === true) desk.print(JSON.stringify({ ...device, isNew }));
      else desk.print(heardLine(device, isNew, hub.session.hub.timeZone, desk));
    }
  }
  return { code: 0, lines: [texts.watched(heard)], json: undefined };
}

export async function adopt(
  hub: Hub,
  gatewayId: string,
  code: string,
  { dwelling, resident, ...options }: AdoptOptions,
  { texts }: Desk,
): Promise<Outcome> {
  const body = {
    gatewayId,
    code,
    type: options.type,
    name: options.name,
    room: options.room,
    dwellingId: dwelling,
    residentId: resident,
    signals: options.signals,
  };
  const adopted = await hub.post('/unknown-devices/adoption', body, adoptedSchema);
  return done(adopted, [
    texts.adopted(adopted.device.id, code),
    ...(adopted.alarmIds.length === 0 ? [] : [texts.namedAlarms(adopted.alarmIds.join(' '))]),
  ]);
}

export async function putAside(
  hub: Hub,
  gatewayId: string,
  code: string,
  { note, back }: { note?: string; back?: true },
  { texts }: Desk,
): Promise<Outcome> {
  const path = back === true ? 'restoration' : 'dismissal';
  const body = back === true ? { gatewayId, code } : { gatewayId, code, note };
  const answer = await hub.post(`/unknown-devices/${path}`, body, unknownKeySchema);
  return done(answer, [back === true ? texts.takenBack(code) : texts.putAside(code)]);
}

function cellsOf(device: UnknownDevice, timeZone: string, texts: Texts): string[] {
  const said = device.said
    .slice(0, 3)
    .map(({ kind, signal, key }) => [kind, signal ?? key].filter((word) => word !== null).join(' '))
    .join(', ');
  return [
    device.code,
    device.gatewayId,
    device.rssi === null ? '–' : `${device.rssi} dBm`,
    String(device.times),
    timeAt(device.lastAt, timeZone),
    [device.openAlarmId === null ? '' : texts.alarmOpen, said].filter((part) => part !== '').join(' · '),
  ];
}

function heardLine(device: UnknownDevice, isNew: boolean, timeZone: string, desk: Desk): string {
  const line = `${isNew ? `▶ ${desk.texts.neverHeardBefore}` : '·'} ${cellsOf(device, timeZone, desk.texts).join('  ')}`;
  // Reverse video: the one that was just heard must be seen from a ladder.
  return isNew && desk.isTerminal ? `\u001b[7m${line}\u001b[0m` : line;
}

/** `false` once nobody waits any more. */
export async function elapsed(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await pause(ms, undefined, { signal });
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    return false;
  }
}
