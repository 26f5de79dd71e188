import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOf, overlaps, phaseAt, spanRefusal, untilRefusal } from './absence.ts';
import type { AbsenceSpan } from './absence.ts';

const hour = 3_600_000;
const day = 24 * hour;
const noon = Date.UTC(2026, 2, 14, 4);

describe('a span is refused', () => {
  it.each([
    [{ fromMs: noon, untilMs: noon }, 'until-not-later'],
    [{ fromMs: noon - 2 * day, untilMs: noon }, 'until-passed'],
    [{ fromMs: noon, untilMs: noon + 92 * day + 1 }, 'too-long'],
    [{ fromMs: noon - 15 * day, untilMs: noon + day }, 'from-too-early'],
    [{ fromMs: noon, untilMs: noon + 92 * day }, null],
    [{ fromMs: noon - 14 * day, untilMs: noon + hour }, null],
    [{ fromMs: noon + 30 * day, untilMs: noon + 60 * day }, null],
  ] as const)('%j: %s', (wanted, reason) => {
    expect(spanRefusal(wanted, noon)).toBe(reason);
  });

  it('not because a long stay began long ago', () => {
    expect(untilRefusal({ fromMs: noon - 90 * day, untilMs: noon + 20 * day }, noon)).toBeNull();
  });
});

const spans = fc
  .record({
    kind: fc.constantFrom('away', 'in-hospital', 'on-holiday', 'carer-present'),
    fromMs: fc.integer({ min: 0, max: 1_000 }),
    length: fc.integer({ min: 1, max: 500 }),
    endedAfter: fc.option(fc.integer({ min: -100, max: 600 }), { nil: null }),
  })
  .map(({ kind, fromMs, length, endedAfter }): AbsenceSpan => {
    const endedAtMs = endedAfter === null ? null : fromMs + endedAfter;
    return { kind, fromMs, untilMs: fromMs + length, endedAtMs };
  });

it('two overlap if and only if there is an instant at which both hold', () => {
  fc.assert(
    fc.property(spans, spans, (a, b) => {
      const instants = [a.fromMs, b.fromMs];
      const holds = (one: AbsenceSpan, atMs: number) => one.fromMs <= atMs && atMs < endOf(one);
      const isBoth = instants.some((atMs) => holds(a, atMs) && holds(b, atMs));
      expect(overlaps(a, b)).toBe(isBoth);
    }),
  );
});

it('an absence goes through its phases forwards only, and is over at its end whatever happens', () => {
  const order = ['planned', 'running', 'over'];
  fc.assert(
    fc.property(spans, fc.array(fc.nat(2_000), { minLength: 2 }), (one, instants) => {
      const open = { ...one, endedAtMs: null };
      const phases = instants.toSorted((a, b) => a - b).map((atMs) => order.indexOf(phaseAt(open, atMs)));
      expect(phases).toEqual(phases.toSorted((a, b) => a - b));
      expect(phaseAt(open, open.untilMs)).toBe('over');
    }),
  );
});
