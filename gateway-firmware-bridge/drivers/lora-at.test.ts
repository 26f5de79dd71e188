import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Order } from './driver.ts';
import { loraAt } from './lora-at.ts';
import { pushInPieces, sortOut, storm } from './testing/feed.ts';

const utf8 = (text: string) => Buffer.from(text);
const hex = (text: string) => utf8(text).toString('hex').toUpperCase();
const decoder = (options = {}) => loraAt.createDecoder(options);
const decode = (text: string, options = {}) => sortOut(decoder(options).push(utf8(text)));
const rcv = (payload: string, sender = 50) => `+RCV=${sender},${utf8(payload).length},${payload},-99,40\r\n`;
const heard = (what: object) => ({ of: 'heard', heard: what });

const press = '{"id":"p-1","kind":"button.pressed","data":{"key":"help"}}';
const pressHeard = heard({
  of: 'event',
  address: 'lora.50',
  event: { id: 'p-1', kind: 'button.pressed', data: { key: 'help' } },
});
const airPress = heard({
  of: 'event',
  address: 'lora',
  event: { id: 'p-1', kind: 'button.pressed', data: { key: 'help' } },
});

test.each<[string, object]>([
  [rcv(press), pressHeard],
  [rcv(hex(press)), pressHeard],
  [
    rcv('{"id":"p-2","kind":"button.pressed","ageMs":1500,"device":"bed-3"}', 7),
    heard({
      of: 'event',
      address: 'lora.7.bed-3',
      event: { id: 'p-2', kind: 'button.pressed', ageMs: 1500 },
    }),
  ],
  [
    rcv('{"kind":"button.pressed","data":{"key":"meal"}}'),
    heard({
      of: 'signal',
      address: 'lora.50',
      signal: 'button.pressed',
      meaning: { kind: 'button.pressed', data: { key: 'meal' } },
    }),
  ],
  [
    rcv('{"id":"老-1","kind":"door.opened"}').replace('老', 'o').replace(',35,', ',33,'),
    heard({ of: 'event', address: 'lora.50', event: { id: 'o-1', kind: 'door.opened' } }),
  ],
  [
    rcv('{"id":"n","kind":"door.opened","data":{"room":"卧室,北"}}'),
    heard({
      of: 'event',
      address: 'lora.50',
      event: { id: 'n', kind: 'door.opened', data: { room: '卧室,北' } },
    }),
  ],
  [
    rcv('{\r\n"battery":71,\r\n"temperature":21.5}'),
    heard({
      of: 'reading',
      address: 'lora.50',
      reading: { battery: 71, temperature: 21.5, rssi: -99, snr: 40 },
    }),
  ],
  ['+RCV=50,5,HELLO,-99,40\r\n', heard({ of: 'signal', address: 'lora.50', signal: 'text.HELLO' })],
  ['+RCV=120,7,S,O\n,S!,-7,9\n', heard({ of: 'signal', address: 'lora.120', signal: 'text.S-O-S-' })],
  [`+EVT:RXP2P:-60:11:${hex(press)}\r\n`, airPress],
  [`+EVT:RXP2P:-60:11:${press.length}:${hex(press)}\r\n`, airPress],
  [`+EVT:RXP2P, RSSI -60, SNR 11\r\n+EVT:${hex(press)}\r\n`, airPress],
  [
    `+EVT:RXP2P:-61:-4:${hex('{"battery":9}')}\r\n`,
    heard({ of: 'reading', address: 'lora', reading: { battery: 9, rssi: -61, snr: -4 } }),
  ],
  ['+EVT:RXP2P:-60:11:AABBCCDD\r\n', heard({ of: 'signal', address: 'lora', signal: 'hex.aabbccdd' })],
  ['+OK\r\n', { of: 'confirmation', token: 'at', ok: true }],
  ['OK\r\n', { of: 'confirmation', token: 'at', ok: true }],
  ['+ERR=5\r\n', { of: 'confirmation', token: 'at', ok: false, reason: '+ERR=5' }],
  ['AT_BUSY_ERROR\r\n', { of: 'confirmation', token: 'at', ok: false, reason: 'AT_BUSY_ERROR' }],
  ['+VER=RYLR998_REYAX_V1.2.2\r\n', { of: 'firmware', says: 'alive', version: 'RYLR998_REYAX_V1.2.2' }],
  ['+READY\r\n', { of: 'firmware', says: 'started' }],
  ['+EVT:TXP2P DONE\r\n', { of: 'firmware', says: 'alive' }],
  [rcv('{"id":"c-1","ok":true}'), { of: 'confirmation', token: 'c-1', ok: true }],
])('%j says what it should', (text, expected) => {
  expect(decode(text)).toEqual({ taken: [expected], rejections: {}, rejectedBytes: 0 });
});

test.each<[string, string, object]>([
  ['a length that is too small', '+RCV=50,4,HELLO,-99,40', { length: 1 }],
  ['a length that no module sends', '+RCV=50,900,HELLO,-99,40', { length: 1 }],
  ['a sender that is no number', '+RCV=bed,5,HELLO,-99,40', { 'bad-field': 1 }],
  ['half a hex digit', '+EVT:RXP2P:-60:11:ABC', { length: 1 }],
  ['a length that is not that of the data', '+EVT:RXP2P:-60:11:3:AABB', { length: 1 }],
  ['JSON that has no end', '+RCV=50,6,{"id":,-99,40', { 'bad-field': 1 }],
  ['an event of no kind', rcv('{"id":"a","kind":"!"}').trimEnd(), { 'bad-field': 1 }],
  ['a device with a slash in its name', rcv('{"battery":3,"device":"a/b"}').trimEnd(), { 'bad-field': 1 }],
  ['a line that no module writes', 'Guru Meditation', { 'unknown-frame': 1 }],
])('%s is rejected by its name, and the press behind it is heard', (_what, line, rejections) => {
  const { taken, rejections: counted } = decode(`${line}\r\n${rcv(press)}`);
  expect(taken).toEqual([pressHeard]);
  expect(counted).toEqual(rejections);
});

test('noise before a press costs only itself', () => {
  const { taken, rejections, rejectedBytes } = decode(`\u0000x+RC\u0001${rcv(press)}`);
  expect({ taken, rejections, rejectedBytes }).toEqual({
    taken: [pressHeard],
    rejections: { noise: 1 },
    rejectedBytes: 6,
  });
});

test('a press cut by the restart of the module costs only itself', () => {
  const module = decoder();
  const pushed = module.push(utf8(`+RCV=50,60,{"id":"p-0","ki+READY\r\n${rcv(press)}`));
  expect(sortOut([...pushed, ...module.quiet()])).toMatchObject({
    taken: [pressHeard],
    rejections: { length: 1 },
  });
});

test('a line that ends in silence is given up', () => {
  const module = decoder();
  expect(module.push(utf8('+RCV=50,5,HEL'))).toEqual([]);
  expect(sortOut(module.quiet()).rejections).toEqual({ cut: 1 });
  expect(sortOut(module.push(utf8(rcv(press)))).taken).toEqual([pressHeard]);
});

test('a RAK is told to listen when it is first heard and after each start, and its version costs no confirmation', () => {
  const module = decoder({ module: 'rak' });
  const listen = { of: 'reply', bytes: utf8('AT+PRECV=65533\r\n') };
  const version = 'AT+VER=RUI_4.0.5_RAK3172-E\r\nOK\r\n';
  const alive = { of: 'firmware', says: 'alive' };
  const known = { ...alive, version: 'RUI_4.0.5_RAK3172-E' };
  expect(module.push(utf8(version))).toEqual([known, listen, alive]);
  expect(module.push(utf8('OK\r\n'))).toEqual([alive]);
  expect(module.push(utf8('OK\r\n'))).toEqual([{ of: 'confirmation', token: 'at', ok: true }]);
  expect(module.push(utf8(version))).toEqual([known, alive]);
  expect(module.push(utf8('Current Work Mode: LoRa P2P.\r\n'))).toEqual([
    { of: 'firmware', says: 'started' },
    listen,
  ]);
});

test('glued lines are all heard, in whatever pieces they come', () => {
  const stream = utf8(
    [rcv(press), '+OK\r\n', rcv('a\r\nb,'), 'xx\r\n', `+EVT:RXP2P:-60:11:${hex(press)}\r\n`].join(''),
  );
  const whole = sortOut(decoder().push(stream));
  expect(whole.taken).toHaveLength(4);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }), (sizes) => {
      expect(sortOut(pushInPieces(decoder(), stream, sizes))).toEqual(whole);
    }),
  );
});

test.each(['A', '+RCV=', '+RCV=50,240,', '\r\n'])(
  'a megabyte of %j is thrown away in bounded pieces, and the press behind it is heard',
  (unit) => {
    const module = decoder();
    const piece = utf8(unit.repeat(1000));
    let kept = 0;
    for (let pushed = 0; pushed < 1_000_000; pushed += piece.length) {
      const { taken, rejectedBytes } = sortOut(module.push(piece));
      expect(taken).toEqual([]);
      kept += piece.length - rejectedBytes;
      if (unit !== '\r\n') expect(kept).toBeLessThan(1200);
    }
    expect(sortOut([...module.push(utf8(rcv(press))), ...module.quiet()]).taken.at(-1)).toEqual(pressHeard);
  },
);

test.each(['+EVT:RXP2P:-42:11:', '+EVT:RXP2P:-42:11:0:', '+RCV=7,0,,-80,9'])(
  'a transmission without data is rejected as the line that it was: %s',
  (line) => {
    expect(decode(`${line}\r\n`)).toEqual({
      taken: [],
      rejections: { length: 1 },
      rejectedBytes: line.length,
    });
  },
);

test('a storm of bytes does not stop it', () => {
  const module = decoder();
  pushInPieces(module, storm(7, 200_000), [1, 700, 13, 64]);
  module.quiet();
  expect(sortOut(module.push(utf8(`\r\n${rcv(press)}`))).taken).toEqual([pressHeard]);
});

const reassure: Order['command'] = {
  id: 'c-1',
  command: 'reassure',
  data: { state: 'answered', alarmId: 'a-1' },
};
const order = (address: string, command: Order['command']): Order => ({ address, command, ordinal: 1 });
const written = (address: string, options = {}, command: Order['command'] = reassure) => {
  const encoded = loraAt.encode?.(order(address, command), options);
  return encoded && { text: Buffer.from(encoded.bytes).toString(), token: encoded.token };
};

test('an order is sent to the device in the JSON of the contract', () => {
  const json = '{"id":"c-1","command":"reassure","data":{"state":"answered","alarmId":"a-1"}}';
  expect(written('lora.50')).toEqual({ text: `AT+SEND=50,${json.length},${json}\r\n`, token: 'at' });
  expect(written('lora', { module: 'rak' })).toEqual({ text: `AT+PSEND=${hex(json)}\r\n`, token: 'at' });
  expect(written('lora.50.bed-3', { confirmedBy: 'device' })).toEqual({
    text: `AT+SEND=50,94,${json.slice(0, -1)},"device":"bed-3"}\r\n`,
    token: 'c-1',
  });
});

test('an order too long for the air goes without the identifier of the alarm, and otherwise not at all', () => {
  const long = (id: string): Order['command'] => ({
    id,
    command: 'reassure',
    data: { state: 'closed', alarmId: 'a'.repeat(200) },
  });
  expect(written('lora.50', {}, long('c-2'))?.text).toBe(
    'AT+SEND=50,59,{"id":"c-2","command":"reassure","data":{"state":"closed"}}\r\n',
  );
  expect(written('lora.50', {}, long('c'.repeat(300)))).toBeUndefined();
});

test.each([
  ['radar', {}],
  ['lora', {}],
  ['lora.bed', {}],
])('nothing is sent to %s, which no such module can reach', (address, options) => {
  expect(written(address, options)).toBeUndefined();
});

test('where the device confirms, the module’s OK is only a sign of life', () => {
  expect(decode('+OK\r\n', { confirmedBy: 'device' }).taken).toEqual([{ of: 'firmware', says: 'alive' }]);
});
