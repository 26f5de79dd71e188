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
  /** Devices on a wire or in a network of one port: they are there as long as the port is. */
  const here = new Map<string, Map<string, Availability>>();
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
      const known = here.get(line.name) ?? new Map<string, Availability>();
      here.set(line.name, known);
      if (known.get(deviceId) !== 'online') announce(deviceId, 'online');
      known.set(deviceId, 'online');
    }
    return deviceId;
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
    /** The line is open and not deaf, or is not. Its devices are heard from anew when they speak. */
    lineChanged(portName: string, isHearing: boolean): void {
      const known = here.get(portName);
      if (isHearing || known === undefined) return;
      for (const deviceId of known.keys()) {
        known.set(deviceId, 'offline');
        announce(deviceId, 'offline');
      }
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
