import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { createBridge } from './bridge.ts';
import { systemClock } from './clock.ts';
import { openCommandMemory } from './command-memory.ts';
import type { Clock } from './clock.ts';
import type { BridgeConfig } from './config.ts';
import { createDownlink } from './downlink.ts';
import type { Driver } from './drivers/driver.ts';
import { drivers as everyDriver } from './drivers/drivers.ts';
import { healthOf, reportHealth } from './health.ts';
import { createLine } from './line.ts';
import { openDeviceMap } from './live-device-map.ts';
import { createUplink } from './mqtt-uplink.ts';
import { openOutboxFiles } from './outbox-files.ts';
import { createOutbox } from './outbox.ts';
import { openWire as openAnyWire } from './open-wire.ts';
import { createRepeats } from './repeats.ts';
import type { OpenWire } from './wire.ts';

export type Overrides = {
  clock?: Clock;
  log?: Logger;
  drivers?: readonly Driver[];
  openWire?: OpenWire;
  random?: () => number;
};

export { drivers } from './drivers/drivers.ts';

export type Bridge = {
  /** Opens the outbox, then the hub, then the ports: what is heard first has somewhere to go. */
  start(): Promise<void>;
  /** Closes the ports first, and leaves on the disk what the hub has not accepted. */
  stop(): Promise<void>;
  /** Reads the device map again; a bad one keeps the old one. */
  reload(): void;
  /** The same figures that the hub is told. */
  health(): ReturnType<typeof healthOf>;
};

export const version = '0.1.0';

/** How long after a restart a press that began before it may still go on. */
const longestGapMs = 10_000;
/** What went wrong, among what is told; all else is told for information. */
const warnings: ReadonlySet<string> = new Set([
  'link.closed',
  'link.not-opened',
  'link.deaf',
  'hub.refused',
  'hub.unreachable',
  'hub.connection-lost',
  'hub.no-puback',
  'hub.message-unreadable',
  'command.unreadable',
  'event.made-to-fit',
]);

/** Puts the bridge together: ports and their drivers, device map, outbox, hub. */
export function compose(config: BridgeConfig, overrides: Overrides = {}): Bridge {
  const {
    clock = systemClock(),
    log = pino({ level: config.logLevel }),
    drivers = everyDriver,
    openWire = openAnyWire,
    random = Math.random,
  } = overrides;
  const { gatewayId } = config.hub;
  const startedAtMs = clock.monotonic();
  const told = (event: string, details: object): void => {
    if (warnings.has(event)) log.warn(details, event);
    else log.info(details, event);
  };
  let running: ReturnType<typeof open> extends Promise<infer Opened> ? Opened | undefined : never;

  async function open() {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    const outbox = createOutbox({
      files: await openOutboxFiles(join(config.dataDir, 'outbox')),
      clock,
      maxBytes: config.outbox.maxBytes,
      troubled(event, details) {
        log.error(details, event);
        reports.changed();
      },
      ready: () => uplink.ready(outbox.hasAlarm()),
      askHub: () => uplink.askHub(),
    });
    const map = openDeviceMap({
      path: config.deviceMapPath,
      dataDir: config.dataDir,
      gatewayId,
      portNames: config.ports.map(({ name }) => name),
      log,
    });
    const uplink = createUplink({
      hub: config.hub,
      clock,
      outbox,
      random,
      told,
      changed(isConnected) {
        if (isConnected) bridge.announceAll();
        reports.changed();
      },
      devices: map.takeHubList,
      command: (deviceId, payload) => downlink.command(deviceId, payload),
    });
    const bridge = createBridge({
      gatewayId,
      clock,
      map,
      repeats: createRepeats(),
      outbox,
      announce: uplink.announce,
      told,
    });
    const memory = await openCommandMemory(
      await openOutboxFiles(join(config.dataDir, 'commands')),
      (event, details) => log.error(details, event),
    );
    const downlink = createDownlink({ showersOf: bridge.showersOf, answer: uplink.result, memory, told });
    map.observe(bridge.mapChanged);
    const reports = reportHealth(clock, () => uplink.health(health()));

    let goingOn: string[] = [];
    const lines = config.ports.map((port) => {
      const line = createLine({
        config: port,
        driver: driverOf(port.driver, drivers),
        clock,
        openWire,
        told,
        heard: (said) => bridge.heard(line, said),
        changed(isHearing) {
          if (isHearing) bridge.rememberPresses(goingOn.splice(0));
          bridge.lineChanged(port.name, isHearing);
          reports.changed();
        },
      });
      bridge.attach(line);
      return line;
    });

    const presses = await outbox.open();
    goingOn = presses.filter(({ agoMs }) => agoMs < longestGapMs).map(({ press }) => press);

    function health() {
      const { connections, unreadable } = uplink.counts();
      return healthOf({
        version,
        uptimeMs: clock.monotonic() - startedAtMs,
        lines: lines.map((line) => ({ name: line.name, counts: line.counts() })),
        outbox: outbox.counts(),
        bridge: bridge.counts(),
        commands: downlink.counts(),
        connections,
        unreadableMessages: unreadable,
        freeDiskMb: freeMb(config.dataDir),
        memoryMb: Math.round(process.memoryUsage.rss() / 1024 / 1024),
        deviceMapProblems: map.problems().length,
      });
    }

    return { outbox, memory, map, uplink, lines, reports, health };
  }

  return {
    async start() {
      running = await open();
      running.uplink.start();
      for (const line of running.lines) line.start();
      log.info(
        { gatewayId, ports: config.ports.map(({ name, path }) => ({ name, path })) },
        'bridge.started',
      );
    },
    async stop() {
      if (running === undefined) return;
      const { lines, reports, uplink, outbox, memory, map } = running;
      running = undefined;
      await Promise.all(lines.map((line) => line.stop()));
      reports.stop();
      await uplink.stop();
      await outbox.close();
      await memory.close();
      await map.stop();
      log.info({ gatewayId }, 'bridge.stopped');
    },
    reload: () => void running?.map.reload(),
    health: () => running?.health() ?? {},
  };
}

function driverOf(name: string, drivers: readonly Driver[]): Driver {
  const driver = drivers.find((candidate) => candidate.name === name);
  if (driver === undefined) throw new Error(`no driver is called "${name}"`);
  return driver;
}

function freeMb(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return Math.floor((bavail * bsize) / 1024 / 1024);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return undefined;
  }
}
