import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, localDay, wallTimeMs } from '../duty/rota.ts';
import { digestTime } from './digest-time.ts';

const hour = 3_600_000;
const day = 24 * hour;
const timeZone = 'Asia/Shanghai';
/** 2026-03-14 00:00 in Shanghai. */
const midnight = Date.UTC(2026, 2, 13, 16);
const hours = { from: '09:00', until: '18:00' };
const nine = midnight + 9 * hour;
const at = (nowMs: number, ...toldDays: string[]) => digestTime(hours, { nowMs, timeZone, toldDays });

describe('people are told of overdue visits', () => {
  it('at the hour that is set, and again on the next day', () => {
    const now = { is: 'now', day: '2026-03-14', untilMs: midnight + 18 * hour, nextAtMs: nine + day };
    expect(at(nine - 1)).toEqual({ is: 'later', nextAtMs: nine });
    expect(at(nine)).toEqual(now);
    expect(at(nine, '2026-03-13')).toEqual(now);
    expect(at(nine + 60_000, '2026-03-14')).toEqual({ is: 'later', nextAtMs: nine + day });
  });

  it('later when the hub was off, and not in the evening', () => {
    expect(at(midnight + 18 * hour - 1)).toMatchObject({ is: 'now', day: '2026-03-14' });
    expect(at(midnight + 18 * hour)).toEqual({ is: 'later', nextAtMs: nine + day });
  });

  it('not twice on a day whose hours were changed, and again on a day after a clock that was ahead was set back', () => {
    expect(
      digestTime(
        { from: '15:00', until: '16:00' },
        { nowMs: midnight + 15 * hour, timeZone, toldDays: ['2026-03-14'] },
      ),
    ).toEqual({ is: 'later', nextAtMs: midnight + day + 15 * hour });
    expect(at(nine, '2026-03-15', '2026-03-13')).toMatchObject({ is: 'now', day: '2026-03-14' });
  });

  const minute = fc.integer({ min: 0, max: 1_439 });
  const text = (of: number) =>
    `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
  const window = fc
    .tuple(minute, minute)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ from: text(Math.min(a, b)), until: text(Math.max(a, b)) }));
  const deed = fc.oneof(
    fc.record({ is: fc.constant('change' as const), hours: window }),
    fc.record({ is: fc.constant('off' as const), ms: fc.integer({ min: 1, max: 4 * day }) }),
    fc.constant({ is: 'look' as const }),
  );

  it('at most once a day, only within the hours, and on every day on which the hub was there at the hour', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Asia/Shanghai', 'UTC', 'Europe/Berlin', 'America/St_Johns'),
        window,
        fc.array(deed, { minLength: 5, maxLength: 60 }),
        (zone, first, deeds) => {
          // Over the change of the clocks in spring.
          let nowMs = Date.UTC(2026, 2, 1);
          let dueMs = 0;
          let set = first;
          const told: string[] = [];
          for (const one of deeds) {
            if (one.is === 'change') {
              set = one.hours;
              dueMs = 0;
            } else if (one.is === 'off') nowMs += one.ms;
            else nowMs = Math.max(nowMs, dueMs);
            if (dueMs > nowMs) continue;
            const time = digestTime(set, { nowMs, timeZone: zone, toldDays: told.slice(-3) });
            expect(time.nextAtMs).toBeGreaterThan(nowMs);
            const today = localDay(nowMs, zone);
            const isWithin =
              nowMs >= wallTimeMs(today, set.from, zone) && nowMs < wallTimeMs(today, set.until, zone);
            expect(time.is === 'now').toBe(isWithin && !told.includes(dayOf(today)));
            if (time.is === 'now') {
              expect(nowMs).toBeLessThan(time.untilMs);
              told.push(time.day);
            }
            dueMs = time.nextAtMs;
          }
          expect(new Set(told).size).toBe(told.length);
        },
      ),
      { numRuns: 150 },
    );
  });
});
