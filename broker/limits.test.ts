import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { BoundedMap, fullBucket, isFull, msUntilToken, takeToken } from './limits.ts';
import { Throttle } from './throttle.ts';

const rate = { perSecond: 20, burst: 200 };

describe('a token bucket', () => {
  it('gives its burst at once and then its rate', () => {
    const bucket = fullBucket(rate, 0);
    const taken = (nowMs: number) => {
      let count = 0;
      while (takeToken(bucket, rate, nowMs)) count++;
      return count;
    };
    expect([taken(0), taken(49), taken(50), taken(1050), taken(1_000_000)]).toEqual([200, 0, 1, 20, 200]);
    expect(isFull(bucket, rate, 1_000_000)).toBe(false);
    expect(isFull(bucket, rate, 1_010_000)).toBe(true);
  });

  it('never gives more than burst plus rate, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5_000, max: 5_000 })), (steps) => {
        const bucket = fullBucket(rate, 0);
        let nowMs = 0;
        let forwardMs = 0;
        let count = 0;
        for (const step of steps) {
          nowMs += step;
          forwardMs += Math.max(0, step);
          while (takeToken(bucket, rate, nowMs)) count++;
        }
        expect(count).toBeLessThanOrEqual(rate.burst + (forwardMs * rate.perSecond) / 1000);
      }),
    );
  });

  it('says how long to wait for the next token', () => {
    const bucket = fullBucket({ perSecond: 3, burst: 1 }, 0);
    expect(msUntilToken(bucket, { perSecond: 3, burst: 1 }, 0)).toBe(0);
    takeToken(bucket, { perSecond: 3, burst: 1 }, 0);
    expect(msUntilToken(bucket, { perSecond: 3, burst: 1 }, 0)).toBe(334);
  });
});

describe('a throttle', () => {
  const open = (perSecond: number, burst: number) => {
    const clock = new FakeClock();
    const startMs = clock.nowMs;
    const passed: [string, number][] = [];
    const throttle = new Throttle<string>({
      bucket: fullBucket({ perSecond, burst }, startMs),
      rate: { perSecond, burst },
      longestHoldMs: 1_000,
      now: () => clock.nowMs,
      after: (delayMs, callback) => clock.after(delayMs, callback),
      pass: (item) => passed.push([item, clock.nowMs - startMs]),
    });
    const offer = (item: string) => {
      if (throttle.admits(clock.nowMs)) passed.push([item, clock.nowMs - startMs]);
      else throttle.hold(item, clock.nowMs);
    };
    return { clock, passed, throttle, offer };
  };

  it('lets a burst pass and spreads the rest over time, in order', () => {
    const { clock, passed, offer } = open(10, 2);
    for (const item of ['a', 'b', 'c', 'd']) offer(item);
    expect(passed).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
    clock.advance(5_000);
    expect(passed).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 100],
      ['d', 200],
    ]);
  });

  it('holds nothing longer than its limit, in order, whatever comes and when', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 60 }), (gaps) => {
        const { clock, passed, offer } = open(2, 3);
        const startMs = clock.nowMs;
        const offered = gaps.map((gap, index) => {
          clock.advance(gap);
          offer(String(index));
          return clock.nowMs - startMs;
        });
        clock.advance(2_000);
        expect(passed.map(([item]) => item)).toEqual(offered.map((_, index) => String(index)));
        for (const [index, [, atMs]] of passed.entries())
          expect(atMs - offered[index]!).toBeLessThanOrEqual(1_000);
      }),
    );
  });

  it('passes on what it holds when the connection ends', () => {
    const { clock, passed, throttle, offer } = open(1, 1);
    for (const item of ['a', 'b', 'c']) offer(item);
    throttle.flush();
    expect(passed.map(([item]) => item)).toEqual(['a', 'b', 'c']);
    clock.advance(10_000);
    expect(passed).toHaveLength(3);
  });
});

describe('a bounded map', () => {
  it('forgets what was set longest ago', () => {
    const forgotten: string[] = [];
    const map = new BoundedMap<string, number>(2, (key) => forgotten.push(key));
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    map.set('c', 4);
    expect([map.get('a'), map.get('b'), map.get('c'), map.size, forgotten]).toEqual([
      3,
      undefined,
      4,
      2,
      ['b'],
    ]);
  });
});
