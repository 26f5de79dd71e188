import type { ChainState } from '@carebell/contracts/chain.ts';
import { beforeEach, expect, it } from 'vitest';
import { createMovingClock } from '../moving-clock.ts';
import type { MovingClock } from '../moving-clock.ts';
import { quantilesOf, watchChain } from './chain.ts';

let clock: MovingClock;
let published: string[];
let states: ChainState[];
/** The answers of the screens that were asked. */
let screens: (() => void)[];
let asked: number;
let isFeedBroken: boolean;
let chain: ReturnType<typeof watchChain>;

beforeEach(() => {
  clock = createMovingClock();
  [published, states, screens, asked, isFeedBroken] = [[], [], [], 1, false];
  chain = watchChain({
    clock,
    publish: ({ id }) => void published.push(id),
    show: (_, __, answered) => {
      if (isFeedBroken) throw new Error('the live feed is broken');
      screens.push(answered);
      return asked;
    },
    changed: (state) => void states.push(state),
    troubled: () => undefined,
  });
  chain.start();
});

const latest = () => published.at(-1) ?? '';
function goesAllTheWay(): void {
  clock.move(3);
  chain.taken(latest());
  clock.move(7);
  chain.stored(latest());
  clock.move(20);
  screens.at(-1)?.();
}

it('each hop is timed from the one before, and the next event comes half a minute after the last', () => {
  goesAllTheWay();
  expect(chain.state()).toEqual({ is: 'ok' });
  expect(chain.report().runs).toMatchObject([
    { hops: { broker: 3, journal: 7, feed: 0, screen: 20 }, screens: 1, answered: 1, brokenAt: null },
  ]);
  clock.move(29_969);
  expect(published).toHaveLength(1);
  clock.move(1);
  expect(published).toHaveLength(2);
});

it.each([
  { hop: 'broker', until: () => undefined },
  { hop: 'journal', until: () => chain.taken(latest()) },
  {
    hop: 'feed',
    until: () => {
      isFeedBroken = true;
      chain.taken(latest());
      chain.stored(latest());
      isFeedBroken = false;
    },
  },
  {
    hop: 'screen',
    until: () => {
      chain.taken(latest());
      chain.stored(latest());
    },
  },
] as const)(
  'an event that stops before the $hop breaks the chain there after ten seconds',
  ({ hop, until }) => {
    until();
    clock.move(9_999);
    expect(chain.state().is).toBe('starting');
    clock.move(1);
    expect(chain.state()).toMatchObject({ is: 'broken', hop });
    clock.move(5_000);
    goesAllTheWay();
    expect(states.map(({ is }) => is)).toEqual(['broken', 'ok']);
  },
);

it('a chain that stays broken is told once', () => {
  clock.move(10 * 60_000);
  expect(states).toHaveLength(1);
  expect(published.length).toBeGreaterThan(30);
});

it('an answer that comes too late belongs to no event', () => {
  const first = latest();
  clock.move(12_000);
  chain.taken(first);
  chain.stored(first);
  expect(screens).toEqual([]);
  expect(chain.state().is).toBe('broken');
});

it('without a screen that answers the way ends at the live feed', () => {
  asked = 0;
  chain.taken(latest());
  chain.stored(latest());
  expect(chain.state()).toEqual({ is: 'ok' });
});

it('one screen of several is enough, and how many answered stands in the report', () => {
  asked = 3;
  chain.taken(latest());
  chain.stored(latest());
  screens[0]?.();
  expect(chain.state()).toEqual({ is: 'ok' });
  expect(chain.report().runs).toMatchObject([{ screens: 3, answered: 1 }]);
});

it('keeps an hour', () => {
  for (let run = 0; run < 200; run += 1) {
    goesAllTheWay();
    clock.move(30_000);
  }
  expect(chain.report().runs).toHaveLength(120);
  expect(quantilesOf(chain.report().runs)).toContainEqual({ hop: 'journal', p50: 7, p99: 7 });
});
