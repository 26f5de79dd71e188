import { expect, it } from 'vitest';
import { canReopen } from './reopening.ts';

const closedAt = '2026-11-21T03:00:00.000Z';
const closed = { phase: 'closed' as const, owner: { id: 'li', displayName: '李' }, closedAt };
const li = { id: 'li', mayCloseForOthers: false };
const minutesLater = (minutes: number) => Date.parse(closedAt) + minutes * 60_000;

it.each([
  ['by who closed it', closed, li, 9, true],
  ['not after ten minutes', closed, li, 11, false],
  ['not by another operator', closed, { id: 'zhang', mayCloseForOthers: false }, 1, false],
  ['by a supervisor', closed, { id: 'sun', mayCloseForOthers: true }, 1, true],
  ['not while it is open', { ...closed, phase: 'acknowledged' as const, closedAt: null }, li, 1, false],
])('a closing is taken back %s', (_, alarm, me, minutes, isPossible) => {
  expect(canReopen(alarm, me, minutesLater(minutes))).toBe(isPossible);
});
