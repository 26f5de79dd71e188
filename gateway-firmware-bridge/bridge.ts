import { randomBytes } from 'node:crypto';
import type { Availability, DeviceEvent } from '@carebell/contracts/messages.ts';
import type { Clock } from './clock.ts';
import type { DeviceMap } from './device-map.ts';
import type { Shower } from './downlink.ts';
import type { Heard } from './drivers/driver.ts';
import { fitEvent, idAmongDevices } from './event-fit.ts';
import { heardIdOf } from './heard-id.ts';
import type { Line } from './line.ts';
import type { Outbox } from './outbox.ts';
import type { Repeats } from './repeats.ts';

export type BridgePorts = {
  gatewayId: string;
  clock: Clock;
  map: DeviceMap;
  repeats: Repeats;
  outbox: Pick<Outbox, 'add' | 'addReading'>;
  announce(deviceId: string, availability: Availability): void;
  told(event: string, details: object): void;
};

/** Senders that nobody entered and that a command may be for. */
const rememberedSenders = 5_000;

/**
 * The way of everything that is heard: driver → one press out of its repetitions → which device, what it means → outbox.
 * And back: which lines can show something to a device.
 */
export function createBridge({ gatewayId, clock, map, repeats, outbox, announce, told }: BridgePorts) {
  const lines = new Map<string, Line>();
  const counts = { events: 0, unfit: 0 };
  /** Which line heard a sender last, by its identifier on the hub. */
  const heardOn = new Map<string, { portName: string; address: string }>();
  /** Entered devices of a wire or network that only one port hears, by that port, and what the hub was told of them. */
  const here = new Map<string, Map<string, Availability>>();
  /** Ports that are closed or deaf. */
  const silent = new Set<string>();
  const startWord = randomBytes(8).toString('hex');
  let lastPress = 0;

  function heard(line: Line, said: Heard): Promise<unknown> | undefined {
    const { name: portName, driver } = line;
    const heardId = heardIdOf(said.address, { scope: driver.addressScope, gatewayId, portName });
    switch (said.of) {
      case 'reading':
        outbox.addReading(found(line, said.address, map.deviceBehind(heardId)), said.reading);
        return undefined;
      case 'event': {
        const press = `${heardId} event ${said.event.id}`;
        if (!repeats.isNew(press, clock.monotonic())) return undefined;
        const deviceId = found(line, said.address, map.deviceBehind(heardId));
        return keep(deviceId, { ...said.event, id: idAmongDevices(deviceId, said.event.id) }, press);
      }
      case 'signal': {
        const press = `${heardId} ${said.signal}`;
        if (!repeats.isNew(press, clock.monotonic())) return undefined;
        const meant = map.resolve(heardId, said.signal, said.meaning);
        const data = { ...said.data, ...meant.data };
        return keep(found(line, said.address, meant), { id: newId(), kind: meant.kind, data }, press);
      }
    }
  }

  function keep(deviceId: string, event: DeviceEvent, press: string): Promise<unknown> {
    const { fit, problem } = fitEvent(event, newId);
    if (problem !== undefined) {
      counts.unfit += 1;
      told('event.made-to-fit', { deviceId, problem });
    }
    counts.events += 1;
    return outbox.add(deviceId, fit, press);
  }

  function found(
    line: Line,
    address: string,
    { deviceId, isMapped }: ReturnType<DeviceMap['deviceBehind']>,
  ): string {
    heardOn.delete(deviceId);
    heardOn.set(deviceId, { portName: line.name, address });
    if (heardOn.size > rememberedSenders) {
      const [oldest] = heardOn.keys();
      if (oldest !== undefined) heardOn.delete(oldest);
    }
    if (isMapped && line.driver.addressScope === 'port') {
      const known = knownOn(line.name);
      if (known.get(deviceId) !== 'online') announce(deviceId, 'online');
      known.set(deviceId, 'online');
    }
    return deviceId;
  }

  function knownOn(portName: string): Map<string, Availability> {
    const known = here.get(portName) ?? new Map<string, Availability>();
    here.set(portName, known);
    return known;
  }

  /** A port that is not there takes its devices with it, also those that an earlier process has heard and called online. */
  function announceSilent(portName: string): void {
    const known = knownOn(portName);
    if (lines.get(portName)?.driver.addressScope === 'port') {
      for (const deviceId of map.onlyOn(portName)) known.set(deviceId, known.get(deviceId) ?? 'online');
    }
    for (const [deviceId, told] of known) {
      if (told === 'offline') continue;
      known.set(deviceId, 'offline');
      announce(deviceId, 'offline');
    }
  }

  /** Unique among all that this gateway ever says: a word drawn at each start, then a count. */
  function newId(): string {
    lastPress += 1;
    return `${startWord}-${lastPress.toString(36)}`;
  }

  function showersOf(deviceId: string): Shower[] {
    const target = map.target(deviceId);
    const last = heardOn.get(deviceId);
    const address = target?.address ?? last?.address;
    if (address === undefined) return [];
    const named = target?.portName;
    const names = named === undefined ? [last?.portName, ...lines.keys()] : [named];
    return [...new Set(names)].flatMap((name) => {
      const line = name === undefined ? undefined : lines.get(name);
      // An address that only its own port knows means something else on another.
      if (
        line === undefined ||
        (named === undefined && name !== last?.portName && line.driver.addressScope === 'port')
      )
        return [];
      return [
        { order: line.order, address, ...(target?.signal === undefined ? {} : { signal: target.signal }) },
      ];
    });
  }

  return {
    heard,
    showersOf,
    attach: (line: Line): void => void lines.set(line.name, line),
    /** A press that began before a restart of this process and goes on after it is one press. */
    rememberPresses(presses: readonly string[]): void {
      for (const press of presses) repeats.isNew(press, clock.monotonic());
    },
    /** The line is open and not deaf, or is not. Its devices are online again when they are heard again. */
    lineChanged(portName: string, isHearing: boolean): void {
      if (isHearing) silent.delete(portName);
      else {
        silent.add(portName);
        announceSilent(portName);
      }
    },
    /** Somebody has entered, moved or removed a device. */
    mapChanged(): void {
      const ids = new Set(map.deviceIds());
      for (const known of here.values()) for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
      for (const portName of silent) announceSilent(portName);
    },
    /** The hub has heard nothing of them while the connection was gone. */
    announceAll(): void {
      for (const known of here.values()) {
        for (const [deviceId, availability] of known) announce(deviceId, availability);
      }
    },
    counts: () => ({ ...counts, repeats: repeats.counted() }),
  };
}
