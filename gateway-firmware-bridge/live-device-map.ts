import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { GatewayDevices } from '@carebell/contracts/messages.ts';
import type { Logger } from 'pino';
import { readDeviceMapFile } from './device-map-file.ts';
import type { MappedDevice } from './device-map-file.ts';
import { createDeviceMap } from './device-map.ts';
import type { DeviceMap } from './device-map.ts';
import { watchFile } from './file-watch.ts';
import { recallDevices, rememberDevices } from './remembered-devices.ts';
import type { RememberedDevices } from './remembered-devices.ts';
import type { YamlResult } from './yaml-file.ts';

/** A device map that follows its file and the hub's list while the bridge runs. */
export type LiveDeviceMap = DeviceMap & {
  /** The hub's list, whole; it is also kept on disk. */
  takeHubList(list: GatewayDevices): void;
  /** Reads the file again at once, without waiting for its change to be noticed. */
  reload(): Promise<void>;
  /** Why the file is not the map in use; nothing while it is. */
  problems(): readonly string[];
  /** Told after each change of the map or of its problems; returns how to stop being told. */
  observe(observer: () => void): () => void;
  /** Resolves when what is to be remembered is on disk. */
  stop(): Promise<void>;
};

export type LiveDeviceMapSettings = {
  path: string | undefined;
  dataDir: string;
  gatewayId: string;
  portNames: readonly string[];
  log: Pick<Logger, 'info' | 'warn'>;
  /** Whether what is known is kept on disk, as the process does that owns `dataDir`. */
  isKept?: boolean;
  /** How often the file is looked at. */
  watchEveryMs?: number;
};

/** Reads file and memory at once, so that the first frame heard meets a whole map. A bad file never throws. */
export function openDeviceMap(settings: LiveDeviceMapSettings): LiveDeviceMap {
  const { path, dataDir, gatewayId, portNames, log, isKept = true, watchEveryMs = 1000 } = settings;
  const memory = join(dataDir, 'known-devices.json');
  const observers = new Set<() => void>();
  let known = recall(memory, log);
  let problems: readonly string[] = [];
  let map = build();
  let remembered = JSON.stringify(known);
  let writing = Promise.resolve();
  let reading: Promise<void> | null = null;
  let isChangedMeanwhile = false;

  const watch = path === undefined ? undefined : watchFile(path, watchEveryMs, () => void reload());
  watch?.seen();
  if (path === undefined) change({ ...known, local: [] });
  else takeFile(readDeviceMapFile(path));

  function build(): DeviceMap {
    return createDeviceMap({ ...known, gatewayId, portNames });
  }

  function change(devices: RememberedDevices): void {
    known = devices;
    map = build();
    writing = writing.then(remember);
    for (const observer of observers) observer();
  }

  async function remember(): Promise<void> {
    const text = JSON.stringify(known);
    if (text === remembered || !isKept) return;
    try {
      await rememberDevices(memory, known);
      remembered = text;
    } catch (error) {
      log.warn({ error }, 'devices-not-remembered');
    }
  }

  function takeFile(read: YamlResult<MappedDevice[]>): void {
    if (!read.ok) {
      if (read.problems.join('\n') === problems.join('\n')) return;
      problems = read.problems;
      log.warn({ problems, devicesInUse: known.local.length }, 'device-map-refused');
      for (const observer of observers) observer();
      return;
    }
    problems = [];
    log.info({ devices: read.value.length }, 'device-map-read');
    change({ ...known, local: read.value });
  }

  function reload(): Promise<void> {
    if (path === undefined) return Promise.resolve();
    if (reading !== null) isChangedMeanwhile = true;
    reading ??= readAgain(path).finally(() => {
      reading = null;
    });
    return reading;
  }

  async function readAgain(file: string): Promise<void> {
    do {
      isChangedMeanwhile = false;
      takeFile(await readInThread(file));
    } while (isChangedMeanwhile);
  }

  return {
    deviceBehind: (heardId) => map.deviceBehind(heardId),
    resolve: (heardId, signal, meaning) => map.resolve(heardId, signal, meaning),
    target: (deviceId) => map.target(deviceId),
    deviceIds: () => map.deviceIds(),
    onlyOn: (portName) => map.onlyOn(portName),
    takeHubList({ devices }) {
      log.info({ devices: devices.length }, 'hub-devices-taken');
      change({ ...known, hub: devices });
    },
    reload,
    problems: () => problems,
    observe(observer) {
      observers.add(observer);
      return () => void observers.delete(observer);
    },
    async stop() {
      watch?.stop();
      await reading;
      await writing;
    },
  };
}

function recall(memory: string, log: LiveDeviceMapSettings['log']): RememberedDevices {
  const recollection = recallDevices(memory);
  if (recollection.ok) return recollection.devices;
  const { reason, detail } = recollection;
  if (reason !== 'none') log.warn({ detail }, 'remembered-devices-unreadable');
  return { local: [], hub: [] };
}

function readInThread(path: string): Promise<YamlResult<MappedDevice[]>> {
  return new Promise((resolve) => {
    const thread = new Worker(new URL('device-map-thread.ts', import.meta.url), { workerData: path });
    thread.once('message', resolve);
    thread.once('error', (error) => resolve({ ok: false, problems: [`${path}: ${String(error)}`] }));
  });
}
