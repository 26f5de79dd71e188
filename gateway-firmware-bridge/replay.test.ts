import { expect, test } from 'vitest';
import type { RecordedBytes } from './recording.ts';
import { createRecordedTime, replay } from './replay.ts';
import { createMovingClock } from './testing/moving-clock.ts';

async function* recorded(...atMs: number[]): AsyncGenerator<RecordedBytes> {
  for (const ms of atMs) {
    yield { atMs: ms, direction: 'out', bytes: new Uint8Array([0]) };
    yield { atMs: ms, direction: 'in', bytes: new Uint8Array([ms / 1000]) };
  }
}
const never = new AbortController().signal;

test('without waiting, all that the firmware said comes at once and in order', async () => {
  const taken: number[] = [];
  const clock = createMovingClock();
  await replay(recorded(0, 1000, 90_000), (_bytes, atMs) => taken.push(atMs), {
    speed: 0,
    clock,
    interrupted: never,
  });
  expect(taken).toEqual([0, 1000, 90_000]);
  expect(clock.monotonic()).toBe(0);
});

test('at twice the speed each piece comes after half its time', async () => {
  const taken: Array<[number, number]> = [];
  const clock = createMovingClock();
  const pauses: number[] = [];
  const watched = {
    monotonic: clock.monotonic,
    after: (ms: number, action: () => void) => {
      pauses.push(ms);
      const cancel = clock.after(ms, action);
      queueMicrotask(() => clock.pass(ms));
      return cancel;
    },
  };
  await replay(recorded(0, 1000, 5000), (_bytes, atMs) => taken.push([atMs, clock.monotonic()]), {
    speed: 2,
    clock: watched,
    interrupted: never,
  });
  expect(taken).toEqual([
    [0, 0],
    [1000, 500],
    [5000, 2500],
  ]);
  expect(pauses).toEqual([500, 2000]);
});

test('a replay that is interrupted ends in the middle of a pause', async () => {
  const taken: number[] = [];
  const interrupt = new AbortController();
  const clock = createMovingClock();
  const ended = replay(
    recorded(0, 3_600_000),
    (_bytes, atMs) => {
      taken.push(atMs);
      setImmediate(() => interrupt.abort());
    },
    { speed: 1, clock, interrupted: interrupt.signal },
  );
  await ended;
  expect(taken).toEqual([0]);
});

test('recorded time runs what is due on its way, in order, and can end it', () => {
  const time = createRecordedTime();
  const ran: string[] = [];
  time.after(50, () => ran.push(`after ${time.monotonic()}`));
  time.after(70, () => ran.push('never'))();
  const end = time.every(40, () => ran.push(`every ${time.monotonic()}`));
  time.moveTo(45);
  time.moveTo(100);
  end();
  time.moveTo(500);
  expect(ran).toEqual(['every 40', 'after 50', 'every 80']);
  expect(time.monotonic()).toBe(500);
});
