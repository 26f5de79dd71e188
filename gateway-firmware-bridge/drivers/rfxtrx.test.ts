import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Decoded, Meaning } from './driver.ts';
import { rfxtrx } from './rfxtrx.ts';
import { bytesOf, pushInPieces, sortOut, storm } from './testing/feed.ts';

const decoder = () => rfxtrx.createDecoder({});
const hear = (hex: string) => decoder().push(bytesOf(hex));
const signal = (
  address: string,
  name: string,
  kind?: Meaning['kind'],
  data?: Record<string, unknown>,
): Decoded => ({
  of: 'heard',
  heard: { of: 'signal', address, signal: name, ...(kind && { meaning: { kind, ...(data && { data }) } }) },
});
const reading = (address: string, values: Record<string, number>): Decoded => ({
  of: 'heard',
  heard: { of: 'reading', address, reading: values },
});
const alive: Decoded = { of: 'firmware', says: 'alive' };
const help = { key: 'help' };
const well = { battery: 100, rssi: -56 };

const frames: [what: string, hex: string, ...decoded: Decoded[]][] = [
  [
    'panic of an X10 remote',
    '08 20 02 07 12 00 35 06 80',
    signal('rfx.security1.120035', 'panic.on', 'button.pressed', help),
    reading('rfx.security1.120035', { rssi: -56 }),
  ],
  [
    'the end of a panic',
    '08 20 02 08 12 00 35 07 80',
    signal('rfx.security1.120035', 'panic.off', 'button.cancelled', help),
    reading('rfx.security1.120035', { rssi: -56 }),
  ],
  [
    'panic of a Meiantech remote with a weak battery',
    '08 20 08 00 AB CD EF 06 80',
    signal('rfx.security1.abcdef', 'panic.on', 'button.pressed', help),
    reading('rfx.security1.abcdef', { battery: 10, rssi: -56 }),
    signal('rfx.security1.abcdef', 'battery.low', 'battery.low'),
  ],
  [
    'smoke of a KD101',
    '08 20 03 00 1C 2D 3E 06 89',
    signal('rfx.security1.1c2d3e', 'alarm.on', 'smoke.detected'),
    reading('rfx.security1.1c2d3e', well),
  ],
  [
    'the end of smoke',
    '08 20 09 00 1C 2D 3E 00 89',
    signal('rfx.security1.1c2d3e', 'alarm.off', 'smoke.cleared'),
    reading('rfx.security1.1c2d3e', well),
  ],
  [
    'motion seen by a sensor that is being opened',
    '08 20 01 00 FE AA 00 84 89',
    signal('rfx.security1.feaa00', 'motion.on', 'motion.detected'),
    signal('rfx.security1.feaa00', 'tamper.on', 'tamper.opened'),
    reading('rfx.security1.feaa00', well),
  ],
  [
    'no motion any more',
    '08 20 01 00 FE AA 00 05 89',
    signal('rfx.security1.feaa00', 'motion.off', 'motion.cleared'),
    reading('rfx.security1.feaa00', well),
  ],
  [
    'a Visonic door that opens',
    '08 20 04 00 11 22 33 02 89',
    signal('rfx.security1.112233', 'alarm.on', 'door.opened'),
    reading('rfx.security1.112233', well),
  ],
  [
    'a Visonic door that closes, delayed',
    '08 20 07 00 11 22 33 01 89',
    signal('rfx.security1.112233', 'alarm.off', 'door.closed'),
    reading('rfx.security1.112233', well),
  ],
  [
    'an X10 contact or smoke detector, which only the map can tell',
    '08 20 00 00 11 22 33 03 89',
    signal('rfx.security1.112233', 'alarm.on'),
    reading('rfx.security1.112233', well),
  ],
  [
    'a word for a weak battery',
    '08 20 03 00 11 22 33 16 8F',
    signal('rfx.security1.112233', 'battery.low', 'battery.low'),
    reading('rfx.security1.112233', { rssi: -56 }),
  ],
  [
    'a state and a subtype that came after this was written',
    '08 20 0E 00 11 22 33 19 89',
    signal('rfx.security1.112233', 'state.25'),
    reading('rfx.security1.112233', well),
  ],
  ['a PT2262 or EV1527 code', '09 13 00 00 F7 49 94 01 5E 70', signal('rf433.ev1527.f7499', 'key.4')],
  ['a Byron bell', '07 16 00 00 00 FE 0D 30', signal('rfx.chime.0.fe', 'chime.d')],
  ['another bell', '08 16 07 00 00 FE 0D 01 60', signal('rfx.chime.7.00fe0d', 'chime')],
  ['an ARC switch', '07 10 01 00 43 0C 01 60', signal('rfx.lighting1.1.c', 'switch.12.on')],
  ['an X10 group', '07 10 00 00 41 00 05 60', signal('rfx.lighting1.0.a', 'switch.0.alloff')],
  ['an AC switch', '0B 11 00 00 FE 12 34 56 03 01 0F 70', signal('rfx.lighting2.0.02123456', 'switch.3.on')],
  ['a dimmer', '0B 11 00 00 00 12 34 56 03 02 08 70', signal('rfx.lighting2.0.00123456', 'switch.3.level')],
  [
    'a LightwaveRF switch',
    '0A 14 00 00 F0 9A C8 02 01 00 80',
    signal('rfx.lighting5.0.f09ac8', 'switch.2.on'),
  ],
  [
    'a LightwaveRF mood',
    '0A 14 00 00 F0 9A C8 02 03 00 80',
    signal('rfx.lighting5.0.f09ac8', 'switch.2.mode3'),
  ],
  [
    'temperature and humidity',
    '0A 52 01 04 AE 01 00 90 36 02 59',
    reading('rfx.climate52.1.ae01', { temperature: 14.4, humidity: 54, battery: 100, rssi: -80 }),
  ],
  [
    'frost and a weak battery',
    '08 50 02 01 FA AE 80 14 40',
    reading('rfx.climate50.2.faae', { temperature: -2, battery: 10, rssi: -88 }),
    signal('rfx.climate50.2.faae', 'battery.low', 'battery.low'),
  ],
  ['humidity', '08 51 01 02 78 00 36 01 89', reading('rfx.climate51.1.7800', { humidity: 54, ...well })],
  [
    'the status of an old firmware',
    '0D 01 00 01 02 53 30 00 02 21 01 00 00 00',
    { of: 'firmware', says: 'alive', version: 'type 53, firmware 48' },
  ],
  [
    'the status of a new firmware, which must be told to receive',
    '14 01 00 01 02 53 0C 08 00 27 00 01 03 1C 04 52 46 58 43 4F 4D',
    { of: 'firmware', says: 'alive', version: 'type 53, firmware 1012' },
    { of: 'reply', bytes: bytesOf('0D 00 00 02 07 00 00 00 00 00 00 00 00 00') },
  ],
  ['that it receives', '14 01 07 03 07 43 6F 70 79 72 69 67 68 74 20 52 46 58 43 4F 4D', alive],
  ['that it has sent', '04 02 01 00 00', alive],
];

test.each(frames)('understands %s', (_what, hex, ...decoded) => {
  expect(hear(hex)).toEqual(decoded);
});

const rejections: [what: string, hex: string, reasons: Record<string, number>][] = [
  ['a type that it does not know', '0B 15 00 00 F0 9A 42 00 03 00 00 00', { 'unknown-frame': 1 }],
  ['a known type of another length', '09 20 01 00 FE AA 00 04 89 00', { length: 1 }],
  ['a house that does not exist', '07 10 00 00 55 01 01 60', { 'bad-field': 1 }],
  ['a unit that does not exist', '0B 11 00 00 00 12 34 56 63 01 0F 70', { 'bad-field': 1 }],
  ['an air wetter than wet', '08 51 01 02 78 00 65 01 89', { 'bad-field': 1 }],
  ['a length that no frame has', '03 20 01', { noise: 1 }],
  ['a frame that ends too early', '08 20 02 07 12', { cut: 1 }],
];

test.each(rejections)('counts %s by its reason', (_what, hex, reasons) => {
  const tap = decoder();
  const found = sortOut([...tap.push(bytesOf(hex)), ...tap.quiet()]);
  expect(found).toEqual({ taken: [], rejections: reasons, rejectedBytes: bytesOf(hex).length });
});

const panic = '08 20 02 07 12 00 35 06 80';

test('frames without a gap between them are all understood, whatever stands between them but a longer beginning', () => {
  const found = sortOut(hear(`${panic} 00 FF 02 ${panic} 0B 15 00 00 F0 9A 42 00 03 00 00 00 ${panic}`));
  expect(found.taken.filter((item) => item.of === 'heard' && item.heard.of === 'signal')).toHaveLength(3);
  expect(found.rejections).toEqual({ noise: 1, 'unknown-frame': 1 });
});

test('a firmware that reboots within a frame loses that frame and no other', () => {
  for (let kept = 1; kept < 9; kept += 1) {
    const tap = decoder();
    const found = sortOut([
      ...tap.push(bytesOf(panic).subarray(0, kept)),
      ...tap.quiet(),
      ...tap.push(bytesOf(panic)),
    ]);
    expect(found.taken).toHaveLength(2);
    expect(found.rejectedBytes).toBe(kept);
  }
});

test('after any noise and the gap of a frame, a panic is heard; how the bytes come changes nothing', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(0xffffff), sizes, (noise, id, pieces) => {
      const good = Buffer.from(bytesOf(panic));
      good.writeUIntBE(id, 4, 3);
      const tap = decoder();
      const before = [...tap.push(noise), ...tap.quiet()];
      const sender = `rfx.security1.${id.toString(16).padStart(6, '0')}`;
      expect(tap.push(good)).toContainEqual(signal(sender, 'panic.on', 'button.pressed', help));
      const again = decoder();
      expect([...pushInPieces(again, noise, pieces), ...again.quiet()]).toEqual(before);
    }),
  );
});

test('a storm of 200 KB, each byte of it taken or counted, raises no panic and hides none behind it', () => {
  const tap = decoder();
  const noise = sortOut([...tap.push(storm(3, 200_000)), ...tap.quiet()]);
  expect(noise.taken.some((item) => item.of === 'heard' && JSON.stringify(item).includes('panic.on'))).toBe(
    false,
  );
  expect(noise.rejectedBytes).toBeGreaterThan(190_000);
  expect(tap.push(bytesOf(panic))).toHaveLength(2);
});

test('nothing is written at opening; the status that is asked for later gets the receiver started', () => {
  expect(rfxtrx.onOpen).toBeUndefined();
  expect(rfxtrx.keepAlive?.bytes).toEqual(bytesOf('0D 00 00 01 02 00 00 00 00 00 00 00 00 00'));
  expect(rfxtrx.keepAlive?.everyMs).toBeGreaterThan(5000);
});
