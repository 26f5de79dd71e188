import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newDataKey } from './data-keys.ts';
import { createSealing, unsealed } from './sealing.ts';

const key = newDataKey();
const sealing = createSealing([key]);

describe('a sealed cell', () => {
  it('gives back any text, and shows nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, unit: 'grapheme' }), (text) => {
        const sealed = sealing.seal('residents.medical_notes/r1', text);
        expect(sealed).not.toContain(text);
        expect(sealing.unseal('residents.medical_notes/r1', sealed)).toBe(text);
      }),
    );
  });

  it('is another one each time, so that equal notes do not look equal', () => {
    expect(sealing.seal('a/1', '糖尿病')).not.toBe(sealing.seal('a/1', '糖尿病'));
  });

  it.each(['dwellings.access/r1', 'residents.medical_notes/r2', ''])(
    'opens for no other cell, such as "%s"',
    (cell) => {
      expect(sealing.unseal(cell, sealing.seal('residents.medical_notes/r1', '糖尿病'))).toBeUndefined();
    },
  );

  it('does not open when a bit of it is another one, wherever', () => {
    const bytes = Buffer.from(sealing.seal('a/1', '门锁密码 2580').slice(1), 'base64');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(sealing.unseal('a/1', `\u0001${changed.toString('base64')}`)).toBeUndefined();
    }
    expect(sealing.unseal('a/1', '\u0001')).toBeUndefined();
  });

  it('opens by an older key, and says that it is not sealed by the current one', () => {
    const sealed = sealing.seal('a/1', '糖尿病');
    const rotated = createSealing([newDataKey(), key]);
    expect(rotated.unseal('a/1', sealed)).toBe('糖尿病');
    expect([sealing.isCurrent(sealed), rotated.isCurrent(sealed)]).toEqual([true, false]);
    expect(createSealing([newDataKey()]).unseal('a/1', sealed)).toBeUndefined();
    expect(unsealed.unseal('a/1', sealed)).toBeUndefined();
  });

  it('is read as it is where it was never sealed, and empty ones stay so', () => {
    expect(sealing.unseal('a/1', '旧记录')).toBe('旧记录');
    expect([sealing.seal('a/1', ''), sealing.seal('a/1', '[]')]).toEqual(['', '[]']);
  });
});
