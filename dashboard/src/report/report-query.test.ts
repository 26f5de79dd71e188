import { describe, expect, it } from 'vitest';
import { monthsBefore } from './report-query.ts';

describe('the months to choose from', () => {
  it('begin with that of the hub, which may be another than here', () => {
    const newYearsEve = Date.UTC(2026, 11, 31, 20);
    expect(monthsBefore(newYearsEve, 'Asia/Shanghai').slice(0, 3)).toEqual(['2027-01', '2026-12', '2026-11']);
    expect(monthsBefore(newYearsEve, 'UTC')[0]).toBe('2026-12');
    expect(monthsBefore(newYearsEve, 'UTC')).toHaveLength(12);
  });
});
