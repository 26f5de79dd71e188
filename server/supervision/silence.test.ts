import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstSight, heardAgain, look, missedOf } from './silence.ts';
import type { Expectation, Silence } from './silence.ts';

const once: Expectation = { periodMs: 10_000, missed: 1, of: 1 };

/** One device, one hub that may be away and whose clock may be set, in true milliseconds. */
function life(expected: Expectation) {
  let nowMs = 1_000_000;
  let lastSeenAtMs = nowMs;
  let silence: Silence = firstSight(nowMs, expected, nowMs);
  let isUnhearable = false;
  const verdicts: string[] = [];

  function lookNow(): void {
    const looked = look(silence, expected, { lastSeenAtMs, isUnhearable, nowMs });
    ({ silence } = looked);
    if (looked.verdict !== 'not-due') verdicts.push(looked.verdict);
  }

  function excuse(byMs: number): void {
    if (silence.deadlineAtMs === null) return;
    const excusedMs = silence.excusedMs + Math.max(0, byMs);
    silence = { ...silence, excusedMs, deadlineAtMs: silence.deadlineAtMs + byMs };
  }

  return {
    verdicts,
    silence: () => silence,
    pass(ms: number) {
      for (let passed = 0; passed < ms; passed += 1_000) {
        nowMs += 1_000;
        lookNow();
      }
    },
    says() {
      lastSeenAtMs = nowMs;
      if (silence.silentSinceMs === null) return;
      silence = heardAgain(expected, nowMs, nowMs);
      verdicts.push('again');
    },
    away(ms: number) {
      nowMs += ms;
      excuse(ms);
    },
    setClock(byMs: number) {
      nowMs += byMs;
      excuse(byMs);
    },
    gateway(is: 'gone' | 'there') {
      isUnhearable = is === 'gone';
    },
    isSilent: () => silence.silentSinceMs !== null,
  };
}

describe('the silence of a device', () => {
  it('is noticed exactly one period after its last sign of life', () => {
    const one = life(once);
    one.pass(4_000);
    one.says();
    one.pass(9_000);
    expect(one.isSilent()).toBe(false);
    one.pass(1_000);
    expect(one.isSilent()).toBe(true);
    expect(one.verdicts).toEqual(['heard', 'fell-silent']);
  });

  it.each([
    { missed: 2, of: 2, said: [1, 0, 1, 0, 1], isSilent: false },
    { missed: 2, of: 2, said: [1, 0, 0], isSilent: true },
    { missed: 2, of: 3, said: [1, 0, 1, 0], isSilent: true },
    { missed: 3, of: 5, said: [0, 1, 1, 1, 0, 1, 1], isSilent: false },
    { missed: 3, of: 5, said: [0, 1, 0, 1, 0], isSilent: true },
  ])('$missed missed of $of: $said → silent $isSilent', ({ missed, of, said, isSilent }) => {
    const one = life({ periodMs: 10_000, missed, of });
    for (const word of said) {
      if (word === 1) {
        one.says();
        one.pass(9_000);
      } else one.pass(10_000);
    }
    expect(one.verdicts.includes('fell-silent')).toBe(isSilent);
  });

  it('ends with the first sign of life, and the count begins anew', () => {
    const one = life(once);
    one.pass(20_000);
    one.says();
    expect(one.isSilent()).toBe(false);
    one.pass(9_000);
    expect(one.isSilent()).toBe(false);
    one.pass(1_000);
    expect(one.verdicts.filter((word) => word === 'fell-silent')).toHaveLength(2);
  });

  it('is not known while its gateway is gone, and has a whole period once it is back', () => {
    const one = life(once);
    one.gateway('gone');
    one.pass(600_000);
    expect(one.isSilent()).toBe(false);
    one.gateway('there');
    one.pass(19_000);
    expect(one.isSilent()).toBe(false);
    one.pass(61_000);
    expect(one.isSilent()).toBe(true);
  });

  it('counts the missed ones among the last periods only', () => {
    expect(missedOf(0b1011, 2)).toBe(2);
    expect(missedOf(0b1011, 3)).toBe(2);
    expect(missedOf(0b1011, 4)).toBe(3);
  });
});

const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ is: fc.constant('passes' as const), s: fc.integer({ min: 1, max: 8 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('away' as const), s: fc.integer({ min: 1, max: 900_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('clock' as const), s: fc.integer({ min: -90_000, max: 90_000 }) }),
  },
);

describe('any history', () => {
  it('raises nothing of a device that speaks in each period in which somebody listens', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (history) => {
        const one = life(once);
        for (const { is, s } of history) {
          if (is === 'passes') {
            one.pass(s * 1_000);
            one.says();
          } else if (is === 'away') one.away(s * 1_000);
          else one.setClock(s * 1_009);
        }
        expect(one.verdicts).not.toContain('fell-silent');
      }),
      { numRuns: 500 },
    );
  });

  it('notices a device that says nothing any more within two periods of listening, whatever was before', () => {
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 30 }),
        fc.array(happening, { maxLength: 8 }),
        (before, after) => {
          const one = life(once);
          for (const { is, s } of before) {
            if (is === 'passes') {
              one.pass(s * 1_000);
              one.says();
            } else if (is === 'away') one.away(s * 1_000);
            else one.setClock(s * 1_009);
          }
          for (const { is, s } of after) {
            if (is === 'away') one.away(s * 1_000);
            if (is === 'clock') one.setClock(s * 1_009);
          }
          one.pass(2 * once.periodMs);
          expect(one.isSilent()).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
