import type { Clock } from './clock.ts';
import type { Decoded, Decoder, Driver, Heard, Poller, Rejection } from './drivers/driver.ts';
import type { PortConfig } from './config.ts';
import { createLinkWatch } from './link-watch.ts';
import { createOrderQueue } from './order-queue.ts';
import type { OrderOutcome } from './order-queue.ts';
import { createSerialLink } from './serial-link.ts';
import type { LinkCounts } from './serial-link.ts';
import type { OpenWire } from './wire.ts';

export type LinePorts = {
  config: PortConfig;
  driver: Driver;
  clock: Clock;
  openWire: OpenWire;
  told(event: string, details: object): void;
  heard(heard: Heard): void;
  /** The line has opened or closed, or has gone deaf or is heard again. */
  changed(isHearing: boolean): void;
};

export type LineCounts = LinkCounts & {
  isDeaf: boolean;
  frames: number;
  firmware: string;
  rejected: Partial<Record<Rejection, number>>;
};

export type Line = ReturnType<typeof createLine>;

/** One port: its link, its decoder or poller, its watch, and the orders that go out on it. */
export function createLine(ports: LinePorts) {
  const { config, driver, clock } = ports;
  const { options } = config;
  const counts = { frames: 0, firmware: '' };
  const rejected: Partial<Record<Rejection, number>> = {};
  let decoder: Decoder | undefined;
  let poller: Poller | undefined;
  let cancelQuiet = (): void => undefined;

  const link = createSerialLink({
    path: config.path,
    line: { ...driver.line, ...config.line },
    clock,
    openWire: ports.openWire,
    told: (event, details) => ports.told(event, { port: config.name, ...details }),
    opened,
    bytes,
    closed,
  });
  const watch = createLinkWatch({
    clock,
    silenceLimitMs: config.silenceLimitMs ?? driver.silenceLimitMs,
    keepAlive: driver.mode === 'framed' ? driver.keepAlive : undefined,
    write: link.write,
    deaf(isDeaf) {
      ports.told(isDeaf ? 'link.deaf' : 'link.heard-again', { port: config.name });
      ports.changed(!isDeaf);
    },
    reopen: () => link.reopen('nothing was understood within the usual time'),
  });
  const orders = createOrderQueue({ driver, options, clock, write: link.write, poller: () => poller });

  function opened(): void {
    if (driver.mode === 'framed') {
      decoder = driver.createDecoder(options);
      for (const greeting of driver.onOpen ?? []) link.write(greeting);
    } else {
      poller = driver.createPoller(options, { write: (order) => void link.write(order), decoded: take });
      poller.start();
    }
    watch.opened();
    orders.opened();
    ports.changed(!watch.isDeaf());
  }

  function closed(): void {
    cancelQuiet();
    watch.closed();
    decoder = undefined;
    const stopped = poller?.stop();
    poller = undefined;
    stopped?.catch((error: unknown) =>
      ports.told('link.poller-not-stopped', { port: config.name, err: error }),
    );
    ports.changed(false);
  }

  function bytes(chunk: Uint8Array): void {
    poller?.push(chunk);
    if (decoder === undefined || driver.mode !== 'framed') return;
    const current = decoder;
    cancelQuiet();
    take(current.push(chunk));
    cancelQuiet = clock.after(driver.frameGapMs, () => take(current.quiet()));
  }

  function take(items: readonly Decoded[]): void {
    for (const item of items) {
      if (item.of === 'rejected') {
        rejected[item.reason] = (rejected[item.reason] ?? 0) + 1;
        continue;
      }
      counts.frames += 1;
      watch.understood();
      switch (item.of) {
        case 'heard':
          ports.heard(item.heard);
          break;
        case 'reply':
          link.write(item.bytes);
          break;
        case 'confirmation':
          orders.confirmed(item.token, item.ok, item.reason);
          break;
        case 'firmware':
          if (item.version !== undefined) counts.firmware = item.version;
          if (item.says === 'started')
            ports.told('firmware.started', { port: config.name, version: item.version });
          break;
      }
    }
  }

  return {
    name: config.name,
    driver,
    start: link.start,
    async stop(): Promise<void> {
      await link.stop();
    },
    order: (order: Parameters<typeof orders.add>[0]): Promise<OrderOutcome> | undefined => orders.add(order),
    counts: (): LineCounts => ({
      ...link.counts(),
      ...counts,
      isDeaf: watch.isDeaf(),
      rejected: { ...rejected },
    }),
  };
}
