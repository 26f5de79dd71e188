import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { BadSettings, readBridgeConfig, readListeningConfig } from './config.ts';
import type { Flags } from './config-settings.ts';
import type { Driver } from './drivers/driver.ts';

const optionsSchema = z.strictObject({ units: z.array(z.number().int()).optional() });
const driver = (name: string): Driver => ({
  name,
  about: '',
  line: { baudRate: 57_600 },
  addressScope: 'world',
  silenceLimitMs: 600_000,
  mode: 'framed',
  frameGapMs: 50,
  createDecoder(options) {
    optionsSchema.parse(options);
    return { push: () => [], quiet: () => [] };
  },
});
const drivers = [driver('rflink'), driver('modbus-rtu')];
const secret = { CAREBELL_BRIDGE_SECRET: 'sesame' };
const enough: Flags = {
  hub: 'mqtt://127.0.0.1',
  gateway: 'gw-1',
  port: '/dev/ttyUSB0',
  driver: 'rflink',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string | Uint8Array, mode = 0o644): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const read = (flags: Flags, environment: Record<string, string> = secret) =>
  readBridgeConfig({ flags, environment, drivers });

function problemsOf(flags: Flags, environment: Record<string, string> = secret): readonly string[] {
  try {
    read(flags, environment);
  } catch (error) {
    if (error instanceof BadSettings) return error.problems.map((problem) => problem.replace(folder, '…'));
    throw error;
  }
  return [];
}

test('four flags and a secret in the environment are enough', () => {
  expect(read(enough)).toEqual({
    hub: { url: 'mqtt://127.0.0.1', gatewayId: 'gw-1', secret: 'sesame' },
    ports: [{ name: 'rflink', path: '/dev/ttyUSB0', driver: 'rflink', options: {} }],
    dataDir: join(process.cwd(), 'data/bridge'),
    outbox: { maxBytes: 268_435_456 },
    logLevel: 'info',
  });
});

test('a file describes several ports; its paths count from its own folder, and a flag overrides it', () => {
  const config = file(
    'bridge.yaml',
    `
hub: { url: mqtts://hub.example, gatewayId: gw-1, tlsCa: ca.pem }
ports:
  - { name: radio, path: /dev/serial/by-id/usb-1, driver: rflink, silenceLimitMs: 60000 }
  - { path: 'tcp://192.168.1.20:2001', driver: modbus-rtu, line: { baudRate: 9600, parity: even }, options: { units: [1] } }
dataDir: state
deviceMap: devices.yaml
outbox: { maxBytes: 50 MB }
`,
  );
  file('ca.pem', 'PEM');
  const settings = read({ config, hub: 'mqtt://127.0.0.1', logLevel: 'debug' });
  expect(settings).toEqual({
    hub: { url: 'mqtt://127.0.0.1', gatewayId: 'gw-1', secret: 'sesame', tlsCa: 'PEM' },
    ports: [
      {
        name: 'radio',
        path: '/dev/serial/by-id/usb-1',
        driver: 'rflink',
        silenceLimitMs: 60_000,
        options: {},
      },
      {
        name: 'modbus-rtu',
        path: 'tcp://192.168.1.20:2001',
        driver: 'modbus-rtu',
        line: { baudRate: 9600, parity: 'even' },
        options: { units: [1] },
      },
    ],
    dataDir: join(folder, 'state'),
    deviceMapPath: join(folder, 'devices.yaml'),
    outbox: { maxBytes: 50_000_000 },
    logLevel: 'debug',
  });
});

test('a port by flags takes the place of those in the file', () => {
  const config = file('bridge.yaml', 'ports: [{ path: /dev/ttyS1, driver: modbus-rtu }]');
  expect(read({ ...enough, config, name: 'radio', baud: '38400' }).ports).toEqual([
    { name: 'radio', path: '/dev/ttyUSB0', driver: 'rflink', line: { baudRate: 38_400 }, options: {} },
  ]);
});

test('everything wrong in a file is listed at once, with line and column', () => {
  const config = file(
    'bridge.yaml',
    `hub:
  url: http://hub.example
  gatewayId: 12345
  colour: red
ports:
  - path: /dev/ttyUSB0
    driver: rflnk
  - path: /dev/ttyUSB0
    driver: modbus-rtu
    options: { units: [one], speed: 3 }
  - driver: modbus-rtu
outbox: { maxBytes: 5 TB }
`,
  );
  expect(problemsOf({ config }).toSorted()).toEqual([
    '…/bridge.yaml:10:24 ports[1].options.units[0]: Invalid input: expected number, received string',
    '…/bridge.yaml:10:30 ports[1].options.speed: is not a setting',
    '…/bridge.yaml:11:5 ports[2].name: ports[1] has the name "modbus-rtu" already; give each port its own',
    '…/bridge.yaml:11:5 ports[2].path: is missing',
    '…/bridge.yaml:12:21 outbox.maxBytes: use bytes, or text such as "500 MB"',
    '…/bridge.yaml:2:8 hub.url: use mqtt://, mqtts://, ws:// or wss://',
    '…/bridge.yaml:3:14 hub.gatewayId: is a number to YAML; put it in quotes',
    '…/bridge.yaml:4:3 hub.colour: is not a setting',
    '…/bridge.yaml:7:13 ports[0].driver: no such driver; rflink, modbus-rtu exist',
    '…/bridge.yaml:8:11 ports[1].path: ports[0] has the path "/dev/ttyUSB0" already; give each port its own',
  ]);
});

test('everything wrong on the command line is listed at once, by flag', () => {
  expect(
    problemsOf(
      { port: 'tcp://nowhere', driver: 'rflnk', hub: 'mqtt://a:b@c', baud: 'fast', logLevel: 'loud' },
      { CAREBELL_BRIDGE_SECRT: 'x' },
    ),
  ).toEqual([
    'CAREBELL_BRIDGE_SECRT: no such setting; CAREBELL_BRIDGE_SECRET, CAREBELL_BRIDGE_SECRET_FILE exist',
    '--hub: leave user name and password out; see secretFile',
    '--port: use a device path or tcp://host:port',
    '--driver: no such driver; rflink, modbus-rtu exist',
    '--baud: Invalid input: expected number, received NaN',
    '--log-level: Invalid option: expected one of "debug"|"info"|"warn"|"error"|"silent"',
    'hub.gatewayId: is missing; it can be given by --gateway',
    `the gateway's secret is missing; set CAREBELL_BRIDGE_SECRET or name a file by --secret-file`,
  ]);
  expect(problemsOf({})).toEqual([
    'ports: is missing; it can be given by --port and --driver',
    'hub.url: is missing; it can be given by --hub',
    'hub.gatewayId: is missing; it can be given by --gateway',
  ]);
});

test.each([
  ['that is not there', () => join(folder, 'none.yaml'), ['…/none.yaml: no file at this path']],
  ['that is a folder', () => folder, ['…: is not a file']],
  [
    'that is not YAML',
    () => file('b.yaml', 'hub: [1\nports: {'),
    expect.arrayContaining([expect.stringMatching(/^…\/b\.yaml:2:\d+ /)]),
  ],
  [
    'that names a key twice',
    () => file('b.yaml', 'dataDir: a\ndataDir: b'),
    ['…/b.yaml:2:1 Map keys must be unique'],
  ],
  [
    'that is a list',
    () => file('b.yaml', '- a'),
    ['…/b.yaml:1:1 Invalid input: expected object, received array'],
  ],
  [
    'in GBK',
    () => file('b.yaml', new Uint8Array([0xb0, 0xb2, 0x3a, 0x20, 0x31])),
    ['…/b.yaml: is not UTF-8; save it in that encoding'],
  ],
  [
    'of more than 1 MiB',
    () => file('b.yaml', `# ${'x'.repeat(1024 * 1024)}`),
    ['…/b.yaml: has 1048578 bytes; at most 1048576 are read'],
  ],
  [
    'with brackets nested by the hundred thousand',
    () => file('b.yaml', `dataDir: ${'['.repeat(300_000)}`),
    [expect.stringMatching(/^…\/b\.yaml:1:\d+ is nested too deeply$/)],
  ],
])('a file %s is refused in one clear sentence', (_what, path, problems) => {
  expect(problemsOf({ config: path() }).filter((problem) => !problem.includes('hub.'))).toEqual(problems);
});

test('the secret may stand in a file that nobody else may read', () => {
  const path = file('secret', 'sesame\n', 0o600);
  expect(read({ ...enough, secretFile: path }, {}).hub.secret).toBe('sesame');
  expect(read(enough, { CAREBELL_BRIDGE_SECRET_FILE: path }).hub.secret).toBe('sesame');
  const config = file('bridge.yaml', 'hub: { secretFile: secret }');
  expect(read({ ...enough, config }, {}).hub.secret).toBe('sesame');
  const holding = file('holding.yaml', 'hub: { secret: open }', 0o600);
  expect(read({ ...enough, config: holding }, {}).hub.secret).toBe('open');
});

test('a secret that others may read, or that is not there, is refused with what to do', () => {
  const path = file('secret', 'sesame', 0o646);
  expect(problemsOf({ ...enough, secretFile: path }, {})).toEqual([
    `--secret-file: …/secret may be read by other users (mode 646); run chmod 600 ${path}`,
  ]);
  const config = file('bridge.yaml', 'hub: { secret: sesame }', 0o646);
  expect(problemsOf({ ...enough, config }, {})).toEqual([
    expect.stringContaining('bridge.yaml: holds the secret and may be read by other users (mode 646)'),
  ]);
  expect(problemsOf({ ...enough, secretFile: join(folder, 'none') }, {})).toEqual([
    '--secret-file: …/none does not exist',
  ]);
  expect(problemsOf({ ...enough, secretFile: file('blank', '\n', 0o600) }, {})).toEqual([
    '--secret-file: …/blank is empty',
  ]);
});

test('listening without a hub needs neither hub nor secret', () => {
  const flags = { port: '/dev/ttyUSB0', driver: 'rflink' };
  expect(readListeningConfig({ flags, environment: {}, drivers })).toMatchObject({
    gatewayId: 'gateway',
    ports: [{ name: 'rflink' }],
  });
});
