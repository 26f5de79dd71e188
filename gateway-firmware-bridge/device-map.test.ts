import { deviceTypes } from '@carebell/contracts/registry.ts';
import { expect, test } from 'vitest';
import { parseDeviceMap } from './device-map-file.ts';
import type { MappedDevice } from './device-map-file.ts';
import { createDeviceMap } from './device-map.ts';
import type { DeviceMapSources } from './device-map.ts';

const code = 'rf433.ev1527.0f749';
type HubDevice = DeviceMapSources['hub'][number];

function local(text: string): MappedDevice[] {
  const read = parseDeviceMap('devices.yaml', text);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.value;
}
const hubDevice = (device: Partial<HubDevice>): HubDevice => ({
  id: 'btn-1',
  type: 'button',
  heardAs: code,
  signals: {},
  ...device,
});
const mapOf = (given: Partial<DeviceMapSources>) =>
  createDeviceMap({ local: [], hub: [], gatewayId: 'gw-1', portNames: ['radio', 'bus'], ...given });

test('a code that nobody entered goes on under its own name, with what was received', () => {
  expect(mapOf({}).resolve(code, 'key.4', undefined)).toEqual({
    deviceId: code,
    isMapped: false,
    kind: 'code.received',
    data: { signal: 'key.4' },
  });
  expect(mapOf({}).deviceBehind(code)).toEqual({ deviceId: code, isMapped: false });
  expect(mapOf({ hub: [hubDevice({})] }).deviceBehind(code)).toEqual({ deviceId: 'btn-1', isMapped: true });
});

test('what a protocol says is believed of a sender that nobody entered', () => {
  const meaning = { kind: 'button.pressed', data: { key: 'help', press: 'long' } } as const;
  expect(mapOf({}).resolve('rfx.security1.1234', 'panic', meaning)).toEqual({
    deviceId: 'rfx.security1.1234',
    isMapped: false,
    kind: 'button.pressed',
    data: { key: 'help', press: 'long', signal: 'panic' },
  });
});

test('the file comes before the hub, the hub before the protocol, the protocol before the type', () => {
  const file = local(`
devices:
  - id: door-1
    heardAs: ${code}
    signals: { key.a: { kind: tamper.opened } }
`);
  const hub = [
    hubDevice({
      id: 'door-1',
      type: 'door-sensor',
      heardAs: null,
      signals: { 'key.a': { kind: 'motion.detected' }, 'key.2': { kind: 'door.closed' } },
    }),
  ];
  const map = mapOf({ local: file, hub });
  const kindOf = (signal: string, says?: 'water.detected') =>
    map.resolve(code, signal, says && { kind: says }).kind;
  expect(kindOf('key.a', 'water.detected')).toBe('tamper.opened');
  expect(kindOf('key.2', 'water.detected')).toBe('door.closed');
  expect(kindOf('key.3', 'water.detected')).toBe('water.detected');
  expect(kindOf('key.3')).toBe('door.opened');
});

test('"*" stands for every other signal, and a key for what the resident asks', () => {
  const map = mapOf({
    hub: [
      hubDevice({
        signals: {
          'key.2': { kind: 'button.pressed', key: 'taxi' },
          '*': { kind: 'button.pressed', key: 'help' },
        },
      }),
    ],
  });
  expect(map.resolve(code, 'key.2', undefined)).toMatchObject({ deviceId: 'btn-1', data: { key: 'taxi' } });
  expect(map.resolve(code, 'key.9', undefined)).toMatchObject({ isMapped: true, data: { key: 'help' } });
});

test('"*" turns neither a weak battery nor a call taken back into a call for help, unless that is assigned by name', () => {
  const map = mapOf({ hub: [hubDevice({ signals: { '*': { kind: 'button.pressed', key: 'help' } } })] });
  expect(map.resolve(code, 'battery.low', { kind: 'battery.low' }).kind).toBe('battery.low');
  expect(map.resolve(code, 'panic.off', { kind: 'button.cancelled' }).kind).toBe('button.cancelled');
  expect(map.resolve(code, 'pir.on', { kind: 'motion.detected' }).kind).toBe('button.pressed');
  const named = mapOf({ hub: [hubDevice({ signals: { 'battery.low': { kind: 'test.pressed' } } })] });
  expect(named.resolve(code, 'battery.low', { kind: 'battery.low' }).kind).toBe('test.pressed');
});

test('capitals on a label do not matter', () => {
  const map = mapOf({
    local: local(
      'devices: [{ id: b, heardAs: RF433.EV1527.0F749, signals: { KEY.A: { kind: test.pressed } } }]',
    ),
  });
  expect(map.resolve(code, 'key.a', undefined)).toMatchObject({ deviceId: 'b', kind: 'test.pressed' });
});

test('every key of a registered button or terminal calls for help until it is assigned', () => {
  for (const type of ['button', 'terminal']) {
    const map = mapOf({ hub: [hubDevice({ type })] });
    for (let nibble = 0; nibble < 16; nibble += 1) {
      expect(map.resolve(code, `key.${nibble.toString(16)}`, undefined)).toMatchObject({
        kind: 'button.pressed',
        data: { key: 'help' },
      });
    }
    expect(map.resolve(code, 'switch.01.off', undefined).kind).toBe('button.pressed');
  }
});

test('a button that the receiver takes for a motion sensor still calls for help, but may say that its battery is low', () => {
  const map = mapOf({ hub: [hubDevice({})] });
  expect(map.resolve(code, 'pir.on', { kind: 'motion.detected' }).kind).toBe('button.pressed');
  expect(map.resolve(code, 'battery.low', { kind: 'battery.low' }).kind).toBe('battery.low');
});

test('each type of device has its usual role for codes that nobody assigned', () => {
  const signals = ['key.a', 'key.e', 'key.7', 'key.b', 'key.5', 'key.f', 'key.3', 'switch.01.off'];
  const table = Object.fromEntries(
    deviceTypes.map((type) => {
      const map = mapOf({ hub: [hubDevice({ type })] });
      return [type, signals.map((signal) => map.resolve(code, signal, undefined).kind).join(' ')];
    }),
  );
  const always = (kind: string, count = signals.length) =>
    Array.from({ length: count }, () => kind).join(' ');
  expect(table).toEqual({
    button: always('button.pressed'),
    terminal: always('button.pressed'),
    'fall-detector': always('fall.detected'),
    'door-sensor':
      'door.opened door.opened door.closed tamper.opened door.opened battery.low door.opened door.closed',
    'motion-sensor': `${always('motion.detected', 3)} tamper.opened motion.detected battery.low motion.detected motion.cleared`,
    'bed-sensor': always('code.received'),
    'smoke-detector': `${always('smoke.detected', 7)} smoke.cleared`,
    'gas-detector': `${always('gas.detected', 7)} gas.cleared`,
    'water-detector': `${always('water.detected', 3)} tamper.opened water.detected battery.low water.detected water.cleared`,
    other: always('code.received'),
  });
});

test('a command finds what shows it: as the file says, or where the device is heard', () => {
  const map = mapOf({
    local: local(`
devices:
  - { id: btn-zhou, heardAs: [${code}, rf433.ev1527.00001], shownBy: { port: radio, address: rf433.newkaku.000005, signal: switch.2 } }
  - { id: btn-chen, heardAs: rf433.ev1527.00002 }
`),
    hub: [
      hubDevice({ id: 'room-7', heardAs: 'gw-1.bus.unit.50' }),
      hubDevice({ id: 'gw-1.radio.node.5', heardAs: null }),
    ],
  });
  expect(map.target('btn-zhou')).toEqual({
    portName: 'radio',
    address: 'rf433.newkaku.000005',
    signal: 'switch.2',
  });
  expect(map.target('btn-chen')).toEqual({ address: 'rf433.ev1527.00002' });
  expect(map.target('room-7')).toEqual({ portName: 'bus', address: 'unit.50' });
  expect(map.target('gw-1.radio.node.5')).toEqual({ portName: 'radio', address: 'node.5' });
  expect(map.target('gw-1.radio.node.9.child.1')).toEqual({ portName: 'radio', address: 'node.9.child.1' });
  expect(map.deviceIds()).toEqual(['btn-zhou', 'btn-chen', 'room-7', 'gw-1.radio.node.5']);
});

test('everything wrong in a device map is listed with line and column', () => {
  const read = parseDeviceMap(
    'devices.yaml',
    `devices:
  - id: btn 1
    heardAs: rf433.ev1527.0f749
    type: knob
  - id: btn-2
    heardAs: 12345
    signals:
      key.4: { kind: button.pushed }
      'key 5': { kind: test.pressed }
      key.6: { kind: door.opened, key: help }
    colour: red
`,
  );
  expect(read.ok ? [] : read.problems.map((problem) => problem.slice(0, 90))).toEqual([
    'devices.yaml:2:9 devices[0].id: use 1–64 letters, digits, "_", ".", ":" or "-"',
    expect.stringMatching(/^devices\.yaml:4:11 devices\[0\]\.type: Invalid option/),
    'devices.yaml:6:14 devices[1].heardAs: is a number to YAML; put it in quotes',
    expect.stringMatching(/^devices\.yaml:8:22 devices\[1\]\.signals\.key\.4\.kind: Invalid option/),
    'devices.yaml:9:7 devices[1].signals.key 5: use a signal as the gateway reports it, or "*"',
    'devices.yaml:10:40 devices[1].signals.key.6.key: only button.pressed has a key',
    'devices.yaml:11:5 devices[1].colour: is not a setting',
  ]);
});

test('one code behind two devices, or one device twice, is told and not guessed', () => {
  const read = parseDeviceMap(
    'devices.yaml',
    `devices:
  - { id: a, heardAs: x.1 }
  - { id: b, heardAs: [x.2, X.1] }
  - { id: a, heardAs: x.3 }
`,
  );
  expect(read).toEqual({
    ok: false,
    problems: [
      'devices.yaml:3:23 devices[1].heardAs: "X.1" is devices[0] already',
      'devices.yaml:4:11 devices[2].id: devices[0] is "a" already',
    ],
  });
});

test('an empty file maps nothing', () => {
  for (const text of ['', 'devices:', 'devices: []', '# nothing yet\n']) {
    expect(parseDeviceMap('devices.yaml', text)).toEqual({ ok: true, value: [] });
  }
});
