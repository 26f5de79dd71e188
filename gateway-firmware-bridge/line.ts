import type { Clock } from './clock.ts';
import type { Decoded, Decoder, Driver, Heard, PolledDriver, Poller, Rejection } from './drivers/driver.ts';
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
  /** Resolves when what it means is on the disk, or has found no room there. */
  heard(heard: Heard): Promise<unknown> | undefined;
  /** The line has opened or closed, or has gone deaf or is heard again. */
  changed(isHearing: boolean): void;
};

export type LineCounts = LinkCounts & {
  isDeaf: boolean;
  frames: number;
  firmware: string;
  rejected: Partial<Record<Rejection, number>>;
  /** Units of a bus that do not answer. */
  silentUnits: number;
};

export type Line = ReturnType<typeof createLine>;

/** After a start; a port that is not open by then counts as closed. */
const openWithinMs = 10_000;

/** One port: its link, its decoder or poller, its watch, and the orders that go out on it. */
export function createLine(ports: LinePorts) {
  const { config, driver, clock } = ports;
  const { options } = config;
  const counts = { frames: 0, firmware: '' };
  const rejected: Partial<Record<Rejection, number>> = {};
  let decoder: Decoder | undefined;
  const silentUnits = new Set<string>();
  /** Made once: what its units last said is compared with what they say after the cable is back. */
  const poller = driver.mode === 'polled' ? createPoller(driver) : undefined;
  let isOpen = false;
  const replies: Uint8Array[] = [];
  let beingStored = 0;
  let heardAtMs = 0;
  let cancelQuiet: (() => void) | undefined;
  let cancelAbsence = (): void => undefined;

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
  const orders = createOrderQueue({
    driver,
    options,
    clock,
    write: link.write,
    poller: () => (isOpen ? poller : undefined),
  });

  function opened(): void {
    isOpen = true;
    cancelAbsence();
    if (driver.mode === 'framed') {
      decoder = driver.createDecoder(options);
      for (const greeting of driver.onOpen ?? []) link.write(greeting);
    }
    poller?.start();
    watch.opened();
    orders.opened();
    ports.changed(!watch.isDeaf());
  }

  function closed(): void {
    isOpen = false;
    replies.length = 0;
    cancelQuiet?.();
    cancelQuiet = undefined;
    watch.closed();
    decoder = undefined;
    poller
      ?.stop()
      .catch((error: unknown) => ports.told('link.poller-not-stopped', { port: config.name, err: error }));
    ports.changed(false);
  }

  function bytes(chunk: Uint8Array): void {
    poller?.push(chunk);
    if (decoder === undefined || driver.mode !== 'framed') return;
    take(decoder.push(chunk));
    heardAtMs = clock.monotonic();
    if (cancelQuiet === undefined) lookForQuiet(driver.frameGapMs, driver.frameGapMs);
  }

  /** One timer for many chunks: a busy line would set and cancel one with each. */
  function lookForQuiet(gapMs: number, afterMs: number): void {
    cancelQuiet = clock.after(afterMs, () => {
      cancelQuiet = undefined;
      const leftMs = heardAtMs + gapMs - clock.monotonic();
      if (leftMs > 0) lookForQuiet(gapMs, Math.ceil(leftMs));
      else take(decoder?.quiet() ?? []);
    });
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
          keepStoring(ports.heard(item.heard));
          break;
        case 'reply':
          reply(item.bytes);
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

  function keepStoring(storing: Promise<unknown> | undefined): void {
    if (storing === undefined) return;
    beingStored += 1;
    void storing.finally(() => {
      beingStored -= 1;
      if (beingStored === 0) for (const bytes of replies.splice(0)) link.write(bytes);
    });
  }

  /** To a firmware an answer means that it may forget, so it waits until what was heard before is on the disk. */
  function reply(bytes: Uint8Array): void {
    if (beingStored === 0) link.write(bytes);
    else replies.push(bytes);
  }

  function createPoller(polled: PolledDriver): Poller {
    return polled.createPoller(options, {
      write: (order) => void link.write(order),
      decoded: take,
      answering(address, isAnswering) {
        if (isAnswering) silentUnits.delete(address);
        else silentUnits.add(address);
        ports.told(isAnswering ? 'unit.answers-again' : 'unit.silent', { port: config.name, address });
      },
    });
  }

  return {
    name: config.name,
    driver,
    start(): void {
      cancelAbsence = clock.after(openWithinMs, () => ports.changed(false));
      link.start();
    },
    async stop(): Promise<void> {
      cancelAbsence();
      await link.stop();
    },
    order: (order: Parameters<typeof orders.add>[0]): Promise<OrderOutcome> | undefined => orders.add(order),
    counts: (): LineCounts => ({
      ...link.counts(),
      ...counts,
      isDeaf: watch.isDeaf(),
      rejected: { ...rejected },
      silentUnits: silentUnits.size,
    }),
  };
}
