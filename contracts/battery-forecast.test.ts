import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastBattery } from './battery-forecast.ts';

const dayMs = 24 * 3_600_000;
const nowMs = Date.UTC(2026, 2, 14);
/** Four values a day up to now. */
const lasting = (days: number, percentAt: (daysAgo: number) => number) =>
  Array.from({ length: days * 4 + 1 }, (_, index) => {
    const daysAgo = days - index / 4;
    return { atMs: nowMs - daysAgo * dayMs, percent: percentAt(daysAgo) };
  });

describe('the forecast of a battery', () => {
  it('is where the line of the last days meets zero', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.double({ min: 5, max: 90, noNaN: true }),
        (perDay, now) => {
          const forecast = forecastBattery(
            lasting(10, (daysAgo) => now + perDay * daysAgo),
            nowMs,
          );
          expect(forecast).toMatchObject({ ok: true });
          if (!forecast.ok) return;
          expect(forecast.percentPerDay).toBeCloseTo(perDay, 3);
          expect((forecast.emptyAtMs - nowMs) / dayMs).toBeCloseTo(now / perDay, 1);
        },
      ),
    );
  });

  it('does not mind a little noise and whole per cents', () => {
    const forecast = forecastBattery(
      lasting(14, (daysAgo) => Math.round(40 + daysAgo + Math.sin(daysAgo * 9))),
      nowMs,
    );
    expect(forecast.ok && (forecast.emptyAtMs - nowMs) / dayMs).toBeGreaterThan(36);
    expect(forecast.ok && (forecast.emptyAtMs - nowMs) / dayMs).toBeLessThan(44);
  });

  it('counts from the last new battery', () => {
    const forecast = forecastBattery(
      lasting(12, (daysAgo) => (daysAgo > 6 ? 20 + daysAgo : 88 + daysAgo * 2)),
      nowMs,
    );
    expect(forecast.ok && forecast.percentPerDay).toBeCloseTo(2, 3);
  });

  it('is today for a battery that is at its end', () => {
    const forecast = forecastBattery(
      lasting(10, (daysAgo) => daysAgo * 3),
      nowMs,
    );
    expect(forecast).toMatchObject({ ok: true, emptyAtMs: nowMs });
  });

  it.each([
    ['too-few', []],
    ['too-few', lasting(2, (daysAgo) => 50 + daysAgo)],
    ['replaced', lasting(12, (daysAgo) => (daysAgo > 1 ? 20 + daysAgo : 99 + daysAgo))],
    ['silent', lasting(10, (daysAgo) => 50 + daysAgo).filter(({ atMs }) => atMs < nowMs - 3 * dayMs)],
    ['not-falling', lasting(10, () => 80)],
    ['not-falling', lasting(10, (daysAgo) => 80 - daysAgo / 2)],
    ['unsteady', lasting(10, (daysAgo) => 60 + daysAgo * 0.3 + (Math.floor(daysAgo * 4) % 2) * 9)],
    ['too-far', lasting(10, (daysAgo) => 90 + daysAgo * 0.06)],
  ] as const)('says nothing, and why: %s', (reason, values) => {
    expect(forecastBattery(values, nowMs)).toEqual({ ok: false, reason });
  });
});
