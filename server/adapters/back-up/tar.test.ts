import { describe, expect, it } from 'vitest';
import { readTarHeader, tarHeader } from './tar.ts';

const at = Date.UTC(2026, 2, 14, 8);

describe('a header of the archive', () => {
  it.each([0, 1, 511, 512, 8 ** 11 - 1, 8 ** 11, 2 ** 45])('carries a size of %i octets', (size) => {
    expect(readTarHeader(tarHeader({ name: 'carebell.db', size }, at))).toEqual({
      name: 'carebell.db',
      size,
    });
  });

  it('is taken for one only if its sum is right', () => {
    const header = tarHeader({ name: 'carebell.db', size: 512 }, at);
    header.write('x', 3);
    expect(() => readTarHeader(header)).toThrow('damaged');
    expect(readTarHeader(Buffer.alloc(512))).toBeUndefined();
  });
});
