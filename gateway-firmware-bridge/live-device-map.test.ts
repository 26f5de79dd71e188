import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDeviceMap } from './live-device-map.ts';
import type { LiveDeviceMap } from './live-device-map.ts';

const code = 'rf433.ev1527.0f749';
const mapText = (id: string) =>
  `devices: [{ id: ${id}, heardAs: ${code}, signals: { key.4: { kind: test.pressed } } }]`;

let folder: string;
let path: string;
let logged: Array<{ msg: string; problems?: string[] }>;
const open: LiveDeviceMap[] = [];

/** A thread that starts on a busy machine takes its time. */
vi.setConfig({ testTimeout: 30_000 });
const eventually = (holds: () => void) => vi.waitFor(holds);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'device-map-'));
  path = join(folder, 'devices.yaml');
  logged = [];
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((map) => map.stop()));
  rmSync(folder, { recursive: true });
});

function start(mapPath: string | undefined = path): LiveDeviceMap {
  const write = (line: string) => void logged.push(JSON.parse(line));
  const map = openDeviceMap({
    path: mapPath,
    dataDir: join(folder, 'state'),
    gatewayId: 'gw-1',
    portNames: ['radio'],
    log: pino({ level: 'info' }, { write }),
    watchEveryMs: 20,
  });
  open.push(map);
  return map;
}
const heard = (map: LiveDeviceMap) => map.resolve(code, 'key.4', undefined);
const hubList = {
  devices: [{ id: 'hub-btn', type: 'button', heardAs: code, signals: {} }],
};

test('a change of the file is in use without a restart, also when an editor replaces the file', async () => {
  writeFileSync(path, mapText('first'));
  const map = start();
  expect(heard(map)).toMatchObject({ deviceId: 'first', kind: 'test.pressed' });
  const told = vi.fn<() => void>();
  map.observe(told);
  writeFileSync(path, mapText('second'));
  await eventually(() => expect(heard(map).deviceId).toBe('second'));
  writeFileSync(`${path}~`, mapText('third'));
  renameSync(`${path}~`, path);
  await eventually(() => expect(heard(map).deviceId).toBe('third'));
  expect(told).toHaveBeenCalled();
});

test('a bad new file keeps the old map and says why, until it is mended', async () => {
  writeFileSync(path, mapText('first'));
  const map = start();
  writeFileSync(path, 'devices:\n  - id: first\n    heardas: x');
  await eventually(() => expect(map.problems()).toHaveLength(1));
  expect(map.problems()[0]).toBe(`${path}:3:5 devices[0].heardas: is not a setting`);
  expect(heard(map).deviceId).toBe('first');
  expect(logged.at(-1)).toMatchObject({ msg: 'device-map-refused', problems: map.problems() });
  rmSync(path);
  await eventually(() => expect(map.problems()).toEqual([`${path}: no file at this path`]));
  expect(heard(map).deviceId).toBe('first');
  writeFileSync(path, mapText('mended'));
  await eventually(() => expect(heard(map).deviceId).toBe('mended'));
  expect(map.problems()).toEqual([]);
});

test('a start with a file that no longer parses uses what it said last', async () => {
  writeFileSync(path, mapText('first'));
  await start().stop();
  writeFileSync(path, 'devices: [');
  const map = start();
  expect(map.problems()[0]).toMatch(/devices\.yaml:1:\d+ /);
  expect(heard(map)).toMatchObject({ deviceId: 'first', isMapped: true });
});

test('a start with no file at all maps nothing and says so, once', async () => {
  const map = start();
  await map.reload();
  expect(logged).toHaveLength(1);
  expect(map.problems()).toEqual([`${path}: no file at this path`]);
  expect(heard(map)).toMatchObject({ deviceId: code, isMapped: false });
});

test('a start without the file in the settings forgets what it said', async () => {
  writeFileSync(path, mapText('first'));
  await start().stop();
  const map = openDeviceMap({
    path: undefined,
    dataDir: join(folder, 'state'),
    gatewayId: 'gw-1',
    portNames: [],
    log: pino({ level: 'silent' }),
  });
  open.push(map);
  expect(heard(map).isMapped).toBe(false);
});

test("a start without a hub still knows the hub's list", async () => {
  const map = start();
  map.takeHubList(hubList);
  expect(heard(map)).toMatchObject({ deviceId: 'hub-btn', kind: 'button.pressed', data: { key: 'help' } });
  await map.stop();
  const later = start();
  expect(heard(later)).toMatchObject({ deviceId: 'hub-btn', isMapped: true });
  later.takeHubList({ devices: [] });
  expect(heard(later).isMapped).toBe(false);
});

test('a memory that is no longer readable is said and does no harm', async () => {
  const map = start();
  map.takeHubList(hubList);
  await map.stop();
  const memory = join(folder, 'state', 'known-devices.json');
  for (const text of ['{"hub":', '{"hub":[{"id":7}],"local":[]}']) {
    writeFileSync(memory, text);
    const later = start();
    expect(logged.map(({ msg }) => msg)).toContain('remembered-devices-unreadable');
    expect(heard(later).isMapped).toBe(false);
  }
});

test('a memory that cannot be written leaves the map in use', async () => {
  writeFileSync(join(folder, 'state'), 'a file where the folder should be');
  const map = start();
  map.takeHubList(hubList);
  await map.stop();
  expect(heard(map).deviceId).toBe('hub-btn');
  expect(logged.map(({ msg }) => msg)).toContain('devices-not-remembered');
});

test('nothing is written again that is on disk already', async () => {
  const map = start();
  const memory = join(folder, 'state', 'known-devices.json');
  map.takeHubList(hubList);
  await eventually(() => expect(existsSync(memory)).toBe(true));
  await map.stop();
  const written = readFileSync(memory, 'utf8');
  rmSync(memory);
  map.takeHubList(structuredClone(hubList));
  await map.stop();
  expect(existsSync(memory)).toBe(false);
  expect(JSON.parse(written)).toEqual({ local: [], hub: hubList.devices });
});

test('a megabyte of devices is read beside the presses, which wait for none of it', async () => {
  writeFileSync(path, mapText('first'));
  const map = start();
  const lines = Array.from(
    { length: 9000 },
    (_, n) =>
      `  - id: btn-${n}\n    heardAs: rf433.ev1527.${n.toString(16).padStart(5, '0')}\n    signals: { key.4: { kind: button.pressed, key: help } }\n`,
  );
  const text = `devices:\n${lines.join('')}`;
  expect(text.length).toBeGreaterThan(900_000);
  writeFileSync(path, text);
  const read = map.reload();
  let beats = 0;
  const beat = setInterval(() => {
    beats += 1;
  }, 1);
  await read;
  clearInterval(beat);
  await eventually(() => expect(map.deviceIds()).toHaveLength(9000));
  expect(beats).toBeGreaterThan(20);
});
