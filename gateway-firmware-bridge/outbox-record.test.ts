import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFile, encodeRecord } from './outbox-record.ts';
import type { OutboxRecord } from './outbox-record.ts';

const heardAt = { bootId: 'b', upMs: 5, wallMs: 10 };
const entry = (n: number): OutboxRecord => ({
  of: 'event',
  n,
  deviceId: 'rf433.ev1527.0f749',
  heardAt,
  event: { id: `e-${n}`, kind: 'button.pressed', data: { key: 'help', note: '卧室\n' } },
});
const records: OutboxRecord[] = [
  entry(1),
  { of: 'reading', n: 2, deviceId: 'd', heardAt, reading: { battery: 80, lux: 12.5 } },
  { of: 'settled', ns: [1] },
  { of: 'wall-offset', bootId: 'b', offsetMs: 1_700_000_000_000 },
];
const whole = Buffer.concat(records.map(encodeRecord));

describe('an outbox file', () => {
  it('gives back what was written, up to its reserved room', () => {
    const file = Buffer.concat([whole, Buffer.alloc(500)]);
    expect(decodeFile(file)).toEqual({ records, damaged: 0, usedBytes: whole.length });
  });

  it('cut anywhere gives back every line before the cut and counts at most the torn one', () => {
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(100), (cut, room) => {
        const { records: found, damaged } = decodeFile(
          Buffer.concat([whole.subarray(0, cut), Buffer.alloc(room)]),
        );
        expect(found).toEqual(records.slice(0, found.length));
        expect(found.length).toBe(whole.subarray(0, cut).filter((byte) => byte === 0x0a).length);
        expect(damaged).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('with a broken byte loses at most two lines', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const broken = Buffer.from(whole);
        broken[at] = broken[at]! ^ flip;
        expect(decodeFile(broken).records.length).toBeGreaterThanOrEqual(records.length - 2);
      }),
    );
  });

  it('with a hole of zeros gives back the lines after it', () => {
    const file = Buffer.concat([encodeRecord(entry(1)), Buffer.alloc(77), encodeRecord(entry(2))]);
    expect(decodeFile(file).records).toEqual([entry(1), entry(2)]);
  });
});
