import type { DeviceReading } from '@carebell/contracts/messages.ts';
import type { Clock } from './clock.ts';
import type { DeviceMap } from './device-map.ts';
import type { Decoded, Driver, DriverOptions, FramedDriver, Heard, PolledDriver } from './drivers/driver.ts';
import { heardIdOf } from './heard-id.ts';
import { createRepeats } from './repeats.ts';

/** What a line that is only listened to has to say; events and readings as the hub would be told them. */
export type Overheard =
  | ({ of: 'event'; kind: string; data?: Record<string, unknown> } & Sender)
  | ({ of: 'reading'; reading: DeviceReading } & Sender)
  | { of: 'repetition' }
  | Extract<Decoded, { of: 'confirmation' | 'firmware' | 'rejected' }>;
export type Sender = { deviceId: string; isMapped: boolean; heardId: string };

export type ListenerPorts = {
  driver: Driver;
  options: DriverOptions;
  portName: string;
  gatewayId: string;
  map: Pick<DeviceMap, 'resolve' | 'deviceBehind'>;
  clock: ListenerClock;
  /** What the firmware is asked and answered; thrown away where there is no firmware. */
  write(bytes: Uint8Array): void;
  overheard(item: Overheard): void;
};
export type ListenerClock = Pick<Clock, 'monotonic' | 'after' | 'every'>;

export type Listener = {
  opened(): void;
  closed(): void;
  push(bytes: Uint8Array): void;
};

/** Decodes one line from bytes to events, with no hub, queue or disk behind it: for dry runs and replays. */
export function createListener(ports: ListenerPorts): Listener {
  const interpret = createInterpreter(ports);
  const take = (items: Decoded[]) => {
    for (const item of items) {
      if (item.of === 'reply') ports.write(item.bytes);
      else ports.overheard(item.of === 'heard' ? interpret(item.heard) : item);
    }
  };
  const { driver } = ports;
  return driver.mode === 'framed' ? hearFrames(driver, ports, take) : askInTurns(driver, ports, take);
}

function createInterpreter(ports: ListenerPorts): (heard: Heard) => Overheard {
  const { portName, gatewayId, map, clock, driver } = ports;
  const where = { scope: driver.addressScope, gatewayId, portName };
  const repeats = createRepeats();
  return (heard) => {
    const heardId = heardIdOf(heard.address, where);
    switch (heard.of) {
      case 'signal': {
        if (!repeats.isNew(`${heardId} ${heard.signal}`, clock.monotonic())) return { of: 'repetition' };
        const { data, ...resolved } = map.resolve(heardId, heard.signal, heard.meaning);
        return { of: 'event', heardId, ...resolved, data: { ...heard.data, ...data } };
      }
      case 'event': {
        const { kind, data } = heard.event;
        const sender = { heardId, ...map.deviceBehind(heardId) };
        return { of: 'event', kind, ...(data === undefined ? {} : { data }), ...sender };
      }
      case 'reading':
        return { of: 'reading', reading: heard.reading, heardId, ...map.deviceBehind(heardId) };
    }
  };
}

function hearFrames(
  driver: FramedDriver,
  { options, clock, write }: ListenerPorts,
  take: (items: Decoded[]) => void,
): Listener {
  const decoder = driver.createDecoder(options);
  let endWait = () => {};
  let endKeepAlive = () => {};
  return {
    opened() {
      for (const bytes of driver.onOpen ?? []) write(bytes);
      const { keepAlive } = driver;
      if (keepAlive) endKeepAlive = clock.every(keepAlive.everyMs, () => write(keepAlive.bytes));
    },
    closed() {
      endKeepAlive();
      endWait();
      take(decoder.quiet());
    },
    push(bytes) {
      endWait();
      take(decoder.push(bytes));
      endWait = clock.after(driver.frameGapMs, () => take(decoder.quiet()));
    },
  };
}

function askInTurns(
  driver: PolledDriver,
  { options, write }: ListenerPorts,
  take: (items: Decoded[]) => void,
): Listener {
  const poller = driver.createPoller(options, { write, decoded: take });
  return {
    opened: () => poller.start(),
    closed: () => void poller.stop(),
    push: (bytes) => poller.push(bytes),
  };
}
