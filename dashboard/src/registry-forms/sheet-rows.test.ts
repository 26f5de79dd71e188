import { describe, expect, it } from 'vitest';
import { readCsv, textOf } from './sheet-rows.ts';

describe('the cells of a file', () => {
  it.each([
    [13800138000, '13800138000'],
    [6.9e14, '690000000000000'],
    [36.5, '36.5'],
    ['  btn-1', '  btn-1'],
    [true, 'true'],
    [new Date(Date.UTC(2026, 2, 14)), '2026-03-14'],
    [null, ''],
    [undefined, ''],
  ])('%s is read as "%s"', (cell, text) => {
    expect(textOf(cell)).toBe(text);
  });

  it('of a CSV file are read with quotes and without the mark of UTF-8', () => {
    expect(readCsv('\uFEFFid,name\r\nb1,"a, ""b"""')).toEqual({
      ok: true,
      rows: [
        ['id', 'name'],
        ['b1', 'a, "b"'],
      ],
    });
    expect(readCsv('id,name\r\nb1,"open')).toEqual({ ok: false, reason: 'unreadable' });
  });
});
