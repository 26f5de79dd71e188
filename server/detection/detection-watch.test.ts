import { beforeEach, describe, expect, it } from 'vitest';
import { createMovingClock } from '../moving-clock.ts';
import type { MovingClock } from '../moving-clock.ts';
import { watchDetection } from './detection-watch.ts';
import type { DetectionWatch } from './detection-watch.ts';

let clock: MovingClock;
let watch: DetectionWatch;
let told: string[];
let heard: (changes: { lastSeq: number }) => void;
/** What the store does with the next portions. */
let portion: { isMoreLeft: boolean; seq: number; reachedMs: number | null } | 'fails';

beforeEach(() => {
  clock = createMovingClock();
  told = [];
  portion = { isMoreLeft: false, seq: 0, reachedMs: null };
  const gate = {
    async commit(work: string) {
      if (work !== 'followDetection') return void told.push(work);
      if (portion === 'fails') throw new Error('a defect');
      return { nextDueMs: null, ...portion };
    },
    depth: () => 1_000,
    store: () => ({ is: 'ok' }),
    listen: (listener: { committed: typeof heard }) => {
      heard = listener.committed;
    },
  };
  watch = watchDetection(gate as never, clock, 'Asia/Shanghai', () => undefined);
});

async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    clock.move(1_000);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }
}

describe('how far detection is behind', () => {
  it('is nothing at the end of the journal, and what was said when within it', async () => {
    heard({ lastSeq: 500 });
    const arrivedMs = clock.now();
    portion = { isMoreLeft: true, seq: 200, reachedMs: arrivedMs };
    await pass(30);
    expect(watch.status()).toMatchObject({ lagEntries: 300, lagSeconds: 30 });
    portion = { isMoreLeft: false, seq: 500, reachedMs: arrivedMs };
    await pass(1);
    expect(watch.status()).toMatchObject({ lagEntries: 0, lagSeconds: 0 });
  });

  it('is a technical alarm after two minutes, told once, which says when the end is reached', async () => {
    await pass(1);
    heard({ lastSeq: 500 });
    portion = { isMoreLeft: true, seq: 200, reachedMs: clock.now() };
    await pass(119);
    told = [];
    await pass(300);
    expect(told).toEqual(['raiseHubAlarm']);
    portion = { isMoreLeft: false, seq: 500, reachedMs: null };
    await pass(3);
    expect(told).toEqual(['raiseHubAlarm', 'clearHubAlarm']);
  });

  it('is told too when its work fails again and again', async () => {
    portion = 'fails';
    heard({ lastSeq: 1 });
    await pass(130);
    expect(told).toEqual(['raiseHubAlarm']);
  });

  it('clears an alarm of before this start once', async () => {
    heard({ lastSeq: 1 });
    portion = { isMoreLeft: false, seq: 1, reachedMs: null };
    await pass(5);
    expect(told).toEqual(['clearHubAlarm']);
  });
});
