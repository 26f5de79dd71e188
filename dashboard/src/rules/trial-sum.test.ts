import type { RuleTrial } from '@carebell/contracts/detection.ts';
import { expect, it } from 'vitest';
import { added, byDay, nextAtOnce } from './trial-sum.ts';

const found = (residentId: string, noticedAt: string, isFoundNow: boolean) => ({
  residentId,
  residentName: residentId,
  isFoundNow,
  reason: {
    rule: 'bathroom-long' as const,
    ruleId: 'bathroom-long',
    since: noticedAt,
    noticedAt,
  },
});
const trial = (more: Partial<RuleTrial>): RuleTrial => ({
  residents: 1,
  residentsInAll: 2,
  residentsHeard: 1,
  days: 7,
  messages: 10,
  firstMessageAt: null,
  isCut: false,
  byRule: [],
  byDay: [],
  findings: [],
  lost: [],
  cursor: 'x',
  ...more,
});

it('answers about several residents are one, as if all had been asked for at once', () => {
  const a = trial({
    firstMessageAt: '2026-03-02T00:00:00.000Z',
    byRule: [{ ruleId: 'r', found: 1, foundNow: 2 }],
    byDay: [{ day: '2026-03-03', found: 1, foundNow: 2 }],
    findings: [found('a', '2026-03-03T01:00:00.000Z', true)],
  });
  const b = trial({
    firstMessageAt: '2026-03-01T00:00:00.000Z',
    byRule: [
      { ruleId: 'r', found: 3, foundNow: 0 },
      { ruleId: 's', found: 1, foundNow: 1 },
    ],
    byDay: [{ day: '2026-03-02', found: 3, foundNow: 0 }],
    findings: [found('b', '2026-03-03T02:00:00.000Z', false)],
    lost: [found('b', '2026-03-02T02:00:00.000Z', true)],
    cursor: null,
  });
  const sum = added(a, b);
  expect(sum).toMatchObject({
    residents: 2,
    residentsInAll: 2,
    messages: 20,
    firstMessageAt: '2026-03-01T00:00:00.000Z',
    byRule: [
      { ruleId: 'r', found: 4, foundNow: 2 },
      { ruleId: 's', found: 1, foundNow: 1 },
    ],
    cursor: null,
  });
  expect(sum.byDay.map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-03']);
  const days = byDay(sum, (instant) => instant.slice(0, 10));
  expect(days.map(({ day, tried }) => [day, ...tried.map(({ is }) => is)])).toEqual([
    ['2026-03-03', 'new', 'same'],
    ['2026-03-02', 'lost'],
  ]);
});

it('asks for fewer at once where an answer takes long, and never for many more than before', () => {
  expect(nextAtOnce(4, 1_200)).toBe(4);
  expect(nextAtOnce(4, 10_000)).toBe(1);
  expect(nextAtOnce(4, 5)).toBe(12);
  expect(nextAtOnce(30, 5)).toBe(40);
});
