import { describe, expect, it } from 'vitest';
import type { FeedLink } from './feed-state.ts';
import { clockDriftSeconds, feedStateOf, startingLink } from './feed-state.ts';

const start = startingLink(0);
const live: FeedLink = { ...start, phase: 'caught-up', since: 1_000, heardAt: 20_000 };

describe('the state of the feed', () => {
  it.each([
    ['the first connection is under way', start, 3_000, 'catching-up'],
    ['the first connection takes too long', start, 4_001, 'disconnected'],
    [
      'it is connected and the alarms are on their way',
      { ...live, phase: 'connected' },
      21_000,
      'catching-up',
    ],
    ['it is caught up and hears the pulse', live, 24_000, 'live'],
    ['two pulses were missed', live, 24_001, 'stale'],
    ['the synthetic event arrives', { ...live, chain: { is: 'ok' }, chainHeardAt: 20_000 }, 23_000, 'live'],
    [
      'the hub says that its synthetic event stops on its way',
      { ...live, chain: { is: 'broken', hop: 'journal', since: '2026-03-14T00:00:00Z' } },
      23_000,
      'broken',
    ],
    [
      'the synthetic event stays away from this screen alone',
      { ...live, heardAt: 120_000, chain: { is: 'ok' }, chainHeardAt: 40_000 },
      121_000,
      'broken',
    ],
    [
      'nothing at all is heard, which is graver than a broken chain',
      { ...live, chain: { is: 'broken', hop: 'screen', since: '2026-03-14T00:00:00Z' } },
      25_000,
      'stale',
    ],
    ['the connection broke', { ...live, phase: 'disconnected' }, 20_500, 'disconnected'],
    ['the session has ended', { ...live, phase: 'expired' }, 20_500, 'disconnected'],
  ] as const)('is told when %s', (_, link, now, state) => {
    expect(feedStateOf(link, now).state).toBe(state);
  });

  it('says since when the hub was not heard, not since when it was noticed', () => {
    expect(feedStateOf(live, 60_000).since).toBe(20_000);
    expect(feedStateOf({ ...live, phase: 'disconnected', since: 55_000 }, 60_000).since).toBe(20_000);
  });

  it.each([
    [4_900, undefined],
    [-42_300, -42],
    [6_100, 6],
  ])('tells a clock that differs by %d ms as %s seconds', (clockOffsetMs, seconds) => {
    expect(clockDriftSeconds({ ...live, clockOffsetMs })).toBe(seconds);
  });
});
