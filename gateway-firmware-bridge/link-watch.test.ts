import { describe, expect, it } from 'vitest';
import { createLinkWatch } from './link-watch.ts';
import { createMovingClock } from './testing/moving-clock.ts';

function watched(keepAliveEveryMs?: number) {
  const clock = createMovingClock();
  const happened: string[] = [];
  const watch = createLinkWatch({
    clock,
    silenceLimitMs: 60_000,
    keepAlive:
      keepAliveEveryMs === undefined ? undefined : { bytes: Buffer.from('ping'), everyMs: keepAliveEveryMs },
    write: (bytes) => void happened.push(Buffer.from(bytes).toString()),
    deaf: (isDeaf) => void happened.push(isDeaf ? 'deaf' : 'heard again'),
    reopen() {
      happened.push('reopen');
      watch.closed();
      watch.opened();
    },
  });
  watch.opened();
  return { clock, watch, happened };
}

describe('a line on which nothing is understood', () => {
  it('is deaf after the usual silence, and is opened again more and more seldom', () => {
    const { clock, happened, watch } = watched();
    clock.pass(59_000);
    expect(happened).toEqual([]);
    clock.pass(2_000);
    expect(happened).toEqual(['deaf', 'reopen']);
    expect(watch.isDeaf()).toBe(true);
    clock.pass(10 * 60_000);
    expect(happened.filter((what) => what === 'reopen')).toHaveLength(4);
    clock.pass(24 * 3_600_000);
    const perDay = happened.filter((what) => what === 'reopen').length;
    expect(perDay).toBeGreaterThan(20);
    expect(perDay).toBeLessThan(35);
    expect(happened.filter((what) => what === 'deaf')).toHaveLength(1);
  });

  it('hears again with the first frame that is understood, and has its usual time from then', () => {
    const { clock, happened, watch } = watched();
    clock.pass(61_000);
    watch.understood();
    expect(happened).toEqual(['deaf', 'reopen', 'heard again']);
    clock.pass(59_000);
    expect(happened).toHaveLength(3);
    clock.pass(62_000);
    expect(happened.slice(3, 5)).toEqual(['deaf', 'reopen']);
  });
});

it('a firmware with a keep-alive is asked at its interval while the line is open', () => {
  const { clock, happened, watch } = watched(20_000);
  const answer = () => {
    clock.pass(20_000);
    watch.understood();
  };
  answer();
  answer();
  answer();
  answer();
  expect(happened).toEqual(['ping', 'ping', 'ping', 'ping']);
  watch.closed();
  clock.pass(600_000);
  expect(happened).toHaveLength(4);
});
