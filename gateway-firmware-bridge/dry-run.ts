import type { DeviceEvent, DeviceReading } from '@carebell/contracts/messages.ts';
import { createBridge } from './bridge.ts';
import type { Clock } from './clock.ts';
import type { ListeningConfig } from './config.ts';
import type { DeviceMap } from './device-map.ts';
import type { Decoded, Driver } from './drivers/driver.ts';
import { createLine } from './line.ts';
import { createRepeats } from './repeats.ts';
import type { OpenWire } from './wire.ts';

/** What is heard on a port: all that the hub would be told, and what else the firmware said. */
export type Overheard =
  | { of: 'event'; deviceId: string; heardId: string; isMapped: boolean; event: DeviceEvent }
  | { of: 'reading'; deviceId: string; isMapped: boolean; reading: DeviceReading }
  | { of: 'line'; event: string; reason?: string | undefined }
  | Extract<Decoded, { of: 'confirmation' | 'firmware' | 'rejected' }>;

export type DryRunPorts = {
  config: ListeningConfig;
  driverNamed(name: string): Driver | undefined;
  map: DeviceMap;
  clock: Clock;
  openWire: OpenWire;
  overheard(portName: string, item: Overheard): void;
};

export type DryRun = { start(): void; stop(): Promise<void>; repetitions(): number };

/** The bridge's own lines and decoding, with eyes in the place of outbox and hub: nothing is sent, and nothing is kept. */
export function createDryRun({ config, clock, map, openWire, overheard, ...ports }: DryRunPorts): DryRun {
  let portName = '';
  const isMapped = (deviceId: string) => map.deviceIds().includes(deviceId);
  const bridge = createBridge({
    gatewayId: config.gatewayId,
    clock,
    map,
    repeats: createRepeats(),
    outbox: {
      add(deviceId, event, press = deviceId) {
        const [heardId = deviceId] = press.split(' ');
        overheard(portName, { of: 'event', deviceId, heardId, isMapped: isMapped(deviceId), event });
        return Promise.resolve(true);
      },
      addReading: (deviceId, reading) =>
        overheard(portName, { of: 'reading', deviceId, isMapped: isMapped(deviceId), reading }),
    },
    announce: () => undefined,
    told: (event) => overheard(portName, { of: 'line', event }),
  });
  const lines = config.ports.map((port) => {
    const driver = ports.driverNamed(port.driver);
    if (driver === undefined) throw new Error(`no driver ${port.driver}; the settings were not checked`);
    const seen = (items: readonly Decoded[]) => {
      for (const item of items) {
        if (item.of !== 'heard' && item.of !== 'reply') overheard(port.name, item);
      }
    };
    const line = createLine({
      config: port,
      driver: watched(driver, seen),
      clock,
      openWire,
      told: (event, details) =>
        overheard(port.name, {
          of: 'line',
          event,
          reason: 'reason' in details ? String(details.reason) : undefined,
        }),
      heard(heard) {
        portName = port.name;
        return bridge.heard(line, heard);
      },
      changed: (isHearing) => bridge.lineChanged(port.name, isHearing),
    });
    bridge.attach(line);
    return line;
  });
  return {
    start() {
      for (const line of lines) line.start();
    },
    async stop() {
      await Promise.all(lines.map((line) => line.stop()));
    },
    repetitions: () => bridge.counts().repeats,
  };
}

/** The driver as it is, with somebody looking at what it decodes. */
function watched(driver: Driver, seen: (items: readonly Decoded[]) => void): Driver {
  const look = (items: Decoded[]): Decoded[] => {
    seen(items);
    return items;
  };
  if (driver.mode === 'polled') {
    return {
      ...driver,
      createPoller: (options, line) =>
        driver.createPoller(options, {
          write: (bytes) => line.write(bytes),
          decoded: (items) => line.decoded(look(items)),
        }),
    };
  }
  return {
    ...driver,
    createDecoder(options) {
      const decoder = driver.createDecoder(options);
      return { push: (bytes) => look(decoder.push(bytes)), quiet: () => look(decoder.quiet()) };
    },
  };
}
