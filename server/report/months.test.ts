import { describe, expect, it } from 'vitest';
import { monthAfter, monthOf, monthsDue } from './months.ts';

const timeZone = 'Asia/Shanghai';
const at = (text: string) => Date.parse(`${text}+08:00`);
const due = (now: string, first: string | null, stored: string[] = []) =>
  monthsDue({
    nowMs: at(now),
    timeZone,
    firstAtMs: first === null ? null : at(first),
    stored: new Set(stored),
  });

describe('the months whose reports are due', () => {
  it('begin on the first by the clocks on the wall, and not an instant before', () => {
    expect(due('2026-03-31T23:59:59.999', '2026-03-05T10:00')).toEqual([]);
    expect(due('2026-04-01T00:00', '2026-03-05T10:00')).toEqual(['2026-03']);
    expect(monthOf(Date.parse('2026-03-31T16:00:00Z'), timeZone)).toBe('2026-04');
  });

  it('are made up for by a hub that was off, across a year, the earliest first', () => {
    expect(due('2026-02-20T09:00', '2025-11-30T10:00', ['2025-11'])).toEqual(['2025-12', '2026-01']);
    expect(due('2026-02-20T09:00', '2019-01-01T00:00')).toHaveLength(12);
  });

  it('are none where nothing has ever happened, and none twice', () => {
    expect(due('2026-04-01T00:00', null)).toEqual([]);
    expect(due('2026-04-20T00:00', '2026-03-05T10:00', ['2026-03'])).toEqual([]);
    expect(monthAfter('2026-01', -1)).toBe('2025-12');
  });
});
