import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decoded, Meaning, Order } from './driver.ts';
import { createMySensors } from './mysensors.ts';
import { pushInPieces, sortOut, storm, textBytes } from './testing/feed.ts';

const driver = createMySensors(() => 1_700_000_000.5);
const decoder = () => driver.createDecoder({});
const textOf = (lines: string[]) => textBytes(lines.map((text) => `${text}\n`).join(''));
/** From nodes that have presented themselves. */
const hear = (...lines: string[]) => {
  const tap = decoder();
  tap.push(textOf(['12;255;0;0;17;2.3.2', '112;255;0;0;17;2.3.2']));
  return tap.push(textOf(lines));
};
const signal = (address: string, name: string, kind?: Meaning['kind']): Decoded => ({
  of: 'heard',
  heard: { of: 'signal', address, signal: name, ...(kind && { meaning: { kind } }) },
});
const reading = (address: string, values: Record<string, number>): Decoded => ({
  of: 'heard',
  heard: { of: 'reading', address, reading: values },
});
const reply = (text: string): Decoded => ({ of: 'reply', bytes: textBytes(text) });
const alive: Decoded = { of: 'firmware', says: 'alive' };

const lines: [text: string, ...decoded: Decoded[]][] = [
  ['12;255;0;0;17;2.3.2', alive],
  ['12;1;0;0;0;Haustür', alive],
  ['12;1;1;0;16;1', signal('node.12.child.1', 'tripped.on')],
  ['12;1;1;0;2;1', signal('node.12.child.1', 'status.on')],
  ['12;1;1;0;2;0', signal('node.12.child.1', 'status.off')],
  ['12;2;1;0;19;3', signal('node.12.child.2', 'scene.3.on')],
  ['12;2;1;0;20;3', signal('node.12.child.2', 'scene.3.off')],
  ['12;3;1;0;0;-1.5', reading('node.12.child.3', { temperature: -1.5 })],
  ['12;4;1;0;1;48', reading('node.12.child.4', { humidity: 48 })],
  ['12;5;1;0;38;3.02', reading('node.12.child.5', { voltage: 3.02 })],
  ['12;255;3;0;0;87', reading('node.12', { battery: 87 })],
  ['12;255;3;0;22;123456', signal('node.12', 'heartbeat', 'heartbeat')],
  ['12;255;3;0;1;', reply('12;255;3;0;1;1700000000\n')],
  ['12;255;3;0;6;0', reply('12;255;3;0;6;M\n')],
  ['12;255;3;0;11;Call button', alive],
  ['12;255;3;0;12;1.0', alive],
  ['12;255;3;0;32;500', alive],
  ['0;255;3;0;14;Gateway startup complete.', { of: 'firmware', says: 'started' }],
  ['0;255;3;0;2;2.3.2', { of: 'firmware', says: 'alive', version: '2.3.2' }],
  ['0;255;3;0;9;TSF:MSG:READ,12-12-0,s=1,c=1,t=16,pt=1,l=1,sg=0:1', alive],
  ['12;1;1;1;2;1', { of: 'confirmation', token: '12;1;2;1', ok: true }],
];

test.each(lines)('understands %s', (text, ...decoded) => {
  expect(hear(text)).toEqual(decoded);
});

const presented: [
  sensor: string,
  number: number,
  on: Meaning['kind'] | undefined,
  off: Meaning['kind'] | undefined,
][] = [
  ['a door', 0, 'door.opened', 'door.closed'],
  ['a motion sensor', 1, 'motion.detected', 'motion.cleared'],
  ['a smoke detector', 2, 'smoke.detected', 'smoke.cleared'],
  ['a water leak sensor', 32, 'water.detected', 'water.cleared'],
  ['a button, which only the map can tell', 3, undefined, undefined],
];

test.each(presented)('%s that has presented itself says what has happened', (_sensor, number, on, off) => {
  expect(hear(`12;1;0;0;${number};`, '12;1;1;0;16;1', '12;1;1;0;16;0')).toEqual([
    alive,
    signal('node.12.child.1', 'tripped.on', on),
    signal('node.12.child.1', 'tripped.off', off),
  ]);
});

test('a node that has not presented itself is asked to at once, and again when it is awake', () => {
  const tap = decoder();
  const asked = [
    '12;1;1;0;2;1',
    '12;1;1;0;2;0',
    '12;255;3;0;22;1',
    '12;255;3;0;32;500',
    '12;255;0;0;17;2',
    '12;255;3;0;22;2',
  ];
  expect(asked.map((text) => tap.push(textOf([text])).filter((item) => item.of === 'reply'))).toEqual([
    [reply('12;255;3;0;19;\n')],
    [],
    [reply('12;255;3;0;19;\n')],
    [reply('12;255;3;0;19;\n')],
    [],
    [],
  ]);
});

test('smoke that was told before the detector had presented itself is told again with its meaning', () => {
  const trippedFirst = (...then: string[]) => hear('12;4;1;0;16;1', ...then).slice(1);
  const smoke = signal('node.12.child.4', 'smoke.on', 'smoke.detected');
  expect(trippedFirst('12;4;0;0;2;', '12;4;0;0;2;')).toEqual([alive, smoke, alive]);
  expect(trippedFirst('12;4;1;0;16;0', '12;4;0;0;2;').slice(1)).toEqual([alive]);
  expect(trippedFirst('12;4;0;0;0;')).toEqual([alive]);
});

test('a weak battery is told once, and once when it was changed', () => {
  const levels = [50, 10, 9, 15, 8, 20, 100];
  const told = hear(...levels.map((level) => `12;255;3;0;0;${level}`)).filter(
    (item) => item.of === 'heard' && item.heard.of === 'signal',
  );
  expect(told).toEqual([
    signal('node.12', 'battery.low', 'battery.low'),
    signal('node.12', 'battery.ok', 'battery.ok'),
  ]);
});

const rejections: [text: string, reason: string][] = [
  ['hello', 'noise'],
  ['12;1;1;0;16', 'noise'],
  ['12;1;5;0;16;1', 'noise'],
  ['x12;1;1;0;16;1', 'noise'],
  ['12;1;1;0;16;\x011', 'noise'],
  ['256;1;1;0;16;1', 'bad-field'],
  ['12;1;1;0;16;2', 'bad-field'],
  ['12;3;1;0;0;warm', 'bad-field'],
  ['12;255;3;0;0;101', 'bad-field'],
  ['12;2;1;0;19;a;b', 'bad-field'],
  ['12;1;1;0;24;7', 'unknown-frame'],
  ['12;1;2;0;2;', 'unknown-frame'],
  ['12;255;4;0;0;0A00', 'unknown-frame'],
  ['12;255;3;0;16;', 'unknown-frame'],
  ['255;255;3;0;3;', 'unknown-frame'],
];

test.each(rejections)('counts %j by its reason', (text, reason) => {
  expect(sortOut(hear(text))).toEqual({ taken: [], rejections: { [reason]: 1 }, rejectedBytes: text.length });
});

const spoiled: [text: string, rejections: Record<string, number>, ...taken: Decoded[]][] = [
  ['\0\xff112;1;1;0;2;1', { noise: 1 }, signal('node.112.child.1', 'status.on')],
  ['12;1;1;112;1;1;0;16;1', { noise: 1 }, signal('node.112.child.1', 'tripped.on')],
  ['x112;3;1;0;0;21.5', { noise: 1 }, reading('node.112.child.3', { temperature: 21.5 })],
  ['12;3;1;0;0;21.5~112;1;1;0;16;1', { 'bad-field': 1 }, signal('node.112.child.1', 'tripped.on')],
  // The line end was damaged: the message before it is whole by its length, the one behind it begins there.
  [
    '12;1;1;0;16;1\x8a12;2;1;0;16;1',
    { noise: 1 },
    signal('node.12.child.1', 'tripped.on'),
    signal('node.12.child.2', 'tripped.on'),
  ],
  ['12;1;1;0;16;0\x8a', { noise: 1 }, signal('node.12.child.1', 'tripped.off')],
  ['12;1;1;0;2;1\x02\xfe\x80', { noise: 1 }, signal('node.12.child.1', 'status.on')],
  ['12;1;1;1;2;1\x8a', { noise: 1 }, { of: 'confirmation', token: '12;1;2;1', ok: true }],
  // A firmware that reboots within a line glues its banner to it.
  [
    '12;1;1;0;16;0;255;3;0;14;Gateway startup complete.',
    { 'bad-field': 1 },
    { of: 'firmware', says: 'started' },
  ],
  ['12;1;1\xff\xff0;255;3;0;14;Gateway startup complete.', { noise: 1 }, { of: 'firmware', says: 'started' }],
  ['\xf80;255;3;0;9;0 MCO:BGN:INIT GW,CP=RNNGA---', { noise: 1 }, alive],
  ['\xf80;255;3;0;2;2.3.2', { noise: 1 }, { of: 'firmware', says: 'alive', version: '2.3.2' }],
  // Which node it was cannot be told: 112 or 212 may have lost its first digit.
  ['\xff12;1;1;0;2;1', { noise: 1 }],
  ['\xff0;255;3;0;22;5', { noise: 1 }],
  ['7112;1;1;0;2;1', { noise: 1 }],
  ['12;1;1;0;16;1112;1;1;0;16;1', { 'bad-field': 1 }],
  ['12;1;1;0;16;1x', { 'bad-field': 1 }],
  ['\xff312;1;1;0;2;1', { noise: 1, 'bad-field': 1 }],
];

test.each(spoiled)('of %j takes what is sure and counts the rest', (text, rejections, ...taken) => {
  const found = sortOut(hear(text));
  expect(found).toMatchObject({ taken, rejections });
  const whole = taken.length === 0 ? text.length : found.rejectedBytes;
  expect(found.rejectedBytes).toBe(whole);
});

test('behind noise no message is heard that is not the one that was said', () => {
  const noise = fc
    .uint8Array({ maxLength: 20 })
    .map((bytes) => bytes.filter((byte) => byte !== 0x0a && byte !== 0x0d));
  fc.assert(
    fc.property(noise, fc.integer({ min: 1, max: 254 }), fc.nat(2), (bytes, node, lost) => {
      const said = textBytes(`${node};7;1;0;2;1`).subarray(lost);
      const { taken } = sortOut(hear(Buffer.concat([bytes, said]).toString('latin1')));
      const pressed = taken.flatMap((item) =>
        item.of === 'heard' && item.heard.of === 'signal' ? item.heard.address : [],
      );
      // Digits at the end of the noise are digits of the number; no line can tell.
      const isNumberSpoiled = /\d$/.test(Buffer.from(bytes).toString('latin1'));
      if (bytes.length > 0 && !isNumberSpoiled) {
        for (const address of pressed) expect(address).toBe(`node.${node}.child.7`);
        if (node >= 100 && lost === 0) expect(pressed).toHaveLength(1);
        if (lost > 0) expect(pressed).toEqual([]);
      }
    }),
  );
});

test('a press of which only the line end is lost is heard; a number that may have lost digits is cut', () => {
  const whenQuiet = (text: string) => {
    const tap = decoder();
    tap.push(textOf(['12;255;0;0;17;2.3.2']));
    return [...tap.push(textBytes(text)), ...tap.quiet()];
  };
  expect(whenQuiet('12;1;1;0;2;1')).toEqual([signal('node.12.child.1', 'status.on')]);
  expect(sortOut(whenQuiet('12;3;1;0;0;2')).rejections).toEqual({ cut: 1 });
  expect(sortOut(whenQuiet('12;1;1;0;16;')).rejections).toEqual({ cut: 1 });
  expect(sortOut(whenQuiet('12;1;')).rejections).toEqual({ cut: 1 });
});

test('a line whose beginning was thrown away is not taken for that of another node', () => {
  const noise = textBytes('1'.repeat(1_000_000));
  const tap = decoder();
  const found = sortOut([...tap.push(noise), ...tap.push(textBytes('12;1;1;0;2;1\n112;1;1;0;2;1\n'))]);
  expect(found.taken[0]).toEqual(signal('node.112.child.1', 'status.on'));
  expect(found.rejectedBytes).toBe(1_000_000 + '12;1;1;0;2;1'.length);
});

test('after any noise and the end of its line, a press is heard; how the bytes come changes nothing', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc
      .array(fc.constantFrom('12;', '1;', '0;', '16;', '255;', '3;', '-2', '\r', '\n'), { maxLength: 30 })
      .map((parts) => textBytes(parts.join(''))),
  );
  fc.assert(
    fc.property(noise, sizes, fc.boolean(), (bytes, pieces, isQuiet) => {
      const end = isQuiet ? textBytes('') : textBytes('\n');
      const all = Buffer.concat([bytes, end]);
      const tap = decoder();
      const before = [...tap.push(all), ...tap.quiet()];
      expect(tap.push(textBytes('12;7;1;0;2;1\n'))[0]).toEqual(signal('node.12.child.7', 'status.on'));
      const again = decoder();
      expect([...pushInPieces(again, all, pieces), ...again.quiet()]).toEqual(before);
    }),
  );
});

test('a storm of 200 KB hides no press behind it', () => {
  const tap = decoder();
  tap.push(storm(4, 200_000));
  tap.push(textBytes('\n'));
  expect(tap.push(textBytes('12;7;1;0;2;1\n'))[0]).toEqual(signal('node.12.child.7', 'status.on'));
});

describe('an order', () => {
  const received = { id: 'c1', command: 'reassure', data: { state: 'received', alarmId: 'a1' } } as const;
  const closed = { id: 'c2', command: 'reassure', data: { state: 'closed', alarmId: 'a1' } } as const;
  const identify = { id: 'c3', command: 'identify' } as const;
  const orders: [
    address: string,
    signal: string | undefined,
    command: Order['command'],
    text: string | undefined,
    token?: string,
  ][] = [
    ['node.12.child.1', undefined, received, '12;1;1;1;2;1\n', '12;1;2;1'],
    ['node.12.child.1', 'status', closed, '12;1;1;1;2;0\n', '12;1;2;0'],
    ['node.12.child.1', 'status', identify, '12;1;1;1;2;1\n12;1;1;1;2;0\n', '12;1;2;0'],
    ['node.12.child.9', 'text', received, '12;9;1;1;47;received\n', '12;9;47;received'],
    ['node.12.child.9', 'text', identify, '12;9;1;1;47;identify\n', '12;9;47;identify'],
    ['node.12', undefined, received, undefined],
  ];

  test.each(orders)(
    'to %s %s is written, and its echo confirms it',
    (address, name, command, text, token) => {
      const order: Order = { address, ...(name && { signal: name }), command, ordinal: 1 };
      const encoded = driver.encode?.(order, {});
      expect(encoded).toEqual(text && { bytes: textBytes(text), token });
      const echo = text?.trimEnd().split('\n').at(-1);
      if (echo !== undefined) expect(hear(echo)).toEqual([{ of: 'confirmation', token, ok: true }]);
    },
  );
});
