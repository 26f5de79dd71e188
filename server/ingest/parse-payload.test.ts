import { deviceEventSchema } from '@carebell/contracts/messages.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parsePayload } from './parse-payload.ts';

const parse = (payload: string) => parsePayload(Buffer.from(payload), z.unknown());
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('a payload', () => {
  it('is read as what the schema asks for', () => {
    const event = { id: '1', kind: 'button.pressed', data: { key: 'help' } };
    expect(parsePayload(Buffer.from(JSON.stringify(event)), deviceEventSchema)).toEqual({
      ok: true,
      value: event,
    });
  });

  it('that is refused names every wrong field', () => {
    const refused = parsePayload(Buffer.from('{"id":1,"kind":"X"}'), deviceEventSchema);
    expect(refused).toMatchObject({ ok: false, reason: expect.stringMatching(/^id: .*; kind: /) as string });
  });

  it('of 32 levels is read, one of 33 or of thousands is refused', () => {
    expect(parse(nested(32)).ok).toBe(true);
    for (const payload of [nested(33), nested(100_000), `${'[{"a":'.repeat(17)}1${'}]'.repeat(17)}`]) {
      expect(parse(payload)).toEqual({ ok: false, reason: 'payload: deeper than 32 levels' });
    }
    expect(parse('['.repeat(100_000))).toMatchObject({ ok: false });
  });

  it('may hold any number of brackets in its texts and side by side', () => {
    expect(
      parse(JSON.stringify({ text: '[{"\\'.repeat(100), '[[[[': Array.from({ length: 100 }, () => [[]]) }))
        .ok,
    ).toBe(true);
  });

  it('of JSON that is not deep is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(parse(JSON.stringify(value))).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });

  it('of any bytes is read or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(typeof parsePayload(Buffer.from(bytes), z.unknown()).ok).toBe('boolean');
      }),
    );
  });
});
