import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createMovingClock } from '../moving-clock.ts';
import type { Carried } from './carry.ts';
import { followJournal } from './follower.ts';

/** A journal of so many entries and a store that a test breaks: what the follower sees of both. */
function place(journalSeq: number, storedSeq = 0) {
  const clock = createMovingClock();
  const commits: [string, unknown][] = [];
  const log: string[] = [];
  const store = {
    cursor: storedSeq,
    isDown: false,
    depth: 0,
    refuses: false,
    asked: 0,
    carried: [] as number[],
  };
  const follower = followJournal({
    clock,
    journalSeq,
    gate: {
      commit: (async (name: string, input: unknown) => void commits.push([name, input])) as never,
      depth: () => store.depth,
      listen: () => undefined,
    },
    carrier: {
      async cursor() {
        store.asked += 1;
        if (store.isDown) throw new Error('connection refused');
        return store.cursor;
      },
      async keep(seq) {
        store.cursor = seq;
      },
      async carry({ from, atMost }): Promise<Carried> {
        if (store.isDown) return { ok: false, message: 'connection refused' };
        const cursor = Math.min(journalSeq, from + atMost);
        for (let seq = from + 1; seq <= cursor; seq += 1) store.carried.push(seq);
        const refused = store.refuses ? [{ seq: cursor, reason: 'field type conflict' } as never] : [];
        return {
          ok: true,
          cursor,
          points: cursor - from,
          receivedAtMs: clock.now(),
          isEnd: cursor === journalSeq,
          refused,
        };
      },
    },
    limits: { atMost: 100 },
    told: (event) => void log.push(event),
  });
  /** Moves the clock second by second, and lets what fell due come to its end. */
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      clock.move(1_000);
      await vi.waitFor(() => undefined);
      for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
    }
  };
  return { follower, store, commits, log, pass };
}

let at: ReturnType<typeof place>;
beforeEach(() => {
  at = place(1_000);
});

describe('the follower', () => {
  it('goes from where the store says to the end of the journal, and keeps its place', async () => {
    at = place(1_000, 400);
    await at.pass(1);
    expect(at.store.carried).toEqual(Array.from({ length: 600 }, (_, index) => 401 + index));
    expect(at.store.cursor).toBe(1_000);
    expect(at.follower.status()).toMatchObject({ cursor: 1_000, lagSeconds: 0, failing: null, points: 600 });
  });

  it('takes one portion a second while devices wait for the journal', async () => {
    at.store.depth = 500;
    await at.pass(3);
    expect(at.store.carried).toHaveLength(300);
    at.store.depth = 0;
    await at.pass(1);
    expect(at.store.carried).toHaveLength(1_000);
  });

  it('tries again with longer pauses, asks the store for its place again, and tells it once', async () => {
    at.store.isDown = true;
    await at.pass(300);
    // After 1, 2, 4, 8, 16, 32 seconds, and then every minute.
    expect(at.follower.status().retries).toBeGreaterThanOrEqual(9);
    expect(at.follower.status().retries).toBeLessThanOrEqual(12);
    expect(at.follower.status().failing).toMatchObject({ why: 'connection refused' });
    at.store.isDown = false;
    at.store.cursor = 0;
    await at.pass(61);
    expect(at.store.carried).toHaveLength(1_000);
    expect(at.log).toEqual(['history.failing', 'history.well-again']);
  });

  it('begins again at the start after the store was wiped', async () => {
    await at.pass(1);
    at.store.isDown = true;
    await at.pass(2);
    Object.assign(at.store, { isDown: false, cursor: 0, carried: [] });
    await at.pass(5);
    expect(at.store.carried).toHaveLength(1_000);
  });

  it('raises one technical alarm after ten minutes, and another one only after it was well in between', async () => {
    at.store.isDown = true;
    await at.pass(590);
    expect(at.commits).toEqual([]);
    await at.pass(3_000);
    const alarms = () => at.commits.filter(([name]) => name === 'raiseHubAlarm');
    expect(alarms()).toMatchObject([['raiseHubAlarm', { kind: 'history-failing' }]]);
    at.store.isDown = false;
    await at.pass(120);
    at.store.isDown = true;
    await at.pass(1_000);
    expect(alarms()).toHaveLength(2);
  });

  it('notes what the store refuses before it keeps a place behind it', async () => {
    at.store.refuses = true;
    await at.pass(1);
    expect(at.commits.filter(([name]) => name === 'recordDeadLetters')).toHaveLength(10);
    expect(at.commits[0]).toMatchObject(['recordDeadLetters', [{ seq: 100, reason: 'field type conflict' }]]);
    expect(at.follower.status().refused).toBe(10);
  });

  it('follows the new entries of a journal that was restored from a back-up', async () => {
    at = place(1_000, 5_000);
    await at.pass(1);
    expect(at.follower.status().cursor).toBe(1_000);
  });
});
