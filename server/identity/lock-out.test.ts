import { describe, expect, it } from 'vitest';
import { createLockOut, networkOf, strangersFailuresPerHour, waitMsAfter } from './lock-out.ts';
import type { LockOut, Origin } from './lock-out.ts';

const minuteMs = 60_000;
const station: Origin = { source: '192.0.2.1', browser: 'nonce' };
const stranger = (source = '203.0.113.9'): Origin => ({ source, browser: null });

function fail(lockOut: LockOut, from: Origin, times: number, nowMs = 0): number | null {
  let untilMs: number | null = null;
  for (let time = 0; time < times; time += 1) untilMs = lockOut.failed('li', from, nowMs);
  return untilMs;
}

describe('the wait after failed log-ins', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [9, 16],
    [11, 60],
    [5_000, 60],
  ])('after %i failures is %i minutes', (failures, minutes) => {
    expect(waitMsAfter(failures)).toBe(minutes * minuteMs);
  });

  it('is for who failed: the same name logs in from elsewhere at once', () => {
    const lockOut = createLockOut();
    expect(fail(lockOut, stranger(), 5)).toBe(minuteMs);
    expect(lockOut.waitUntilMs('li', stranger(), minuteMs - 1)).toBe(minuteMs);
    expect(lockOut.waitUntilMs('li', stranger(), minuteMs)).toBeNull();
    expect(lockOut.waitUntilMs('li', stranger('203.0.113.10'), 0)).toBeNull();
    expect(lockOut.waitUntilMs('li', station, 0)).toBeNull();
    expect(lockOut.waitUntilMs('wang', stranger(), 0)).toBeNull();
  });

  it('comes to all strangers together after a hundred failures in an hour, and never to the browser of every day', () => {
    const lockOut = createLockOut();
    for (let source = 0; source < strangersFailuresPerHour; source += 1)
      fail(lockOut, stranger(`198.51.100.${source}`), 1);
    expect(lockOut.waitUntilMs('li', stranger('203.0.113.77'), 0)).toBe(60 * minuteMs);
    expect(lockOut.waitUntilMs('li', station, 0)).toBeNull();
    expect(lockOut.waitUntilMs('li', stranger('203.0.113.77'), 60 * minuteMs)).toBeNull();
  });

  it('holds for a stolen browser too', () => {
    const lockOut = createLockOut();
    expect(fail(lockOut, station, 5)).toBe(minuteMs);
    expect(lockOut.waitUntilMs('li', station, 0)).toBe(minuteMs);
  });

  it('is forgotten after a success, and after a day', () => {
    const lockOut = createLockOut();
    fail(lockOut, station, 4);
    lockOut.succeeded('li', station);
    expect(fail(lockOut, station, 4)).toBeNull();
    expect(fail(lockOut, station, 4, 24 * 60 * minuteMs)).toBeNull();
  });

  it('is kept for a bounded number of names', () => {
    const lockOut = createLockOut(2);
    fail(lockOut, station, 5);
    lockOut.failed('a', station, 0);
    lockOut.failed('b', station, 0);
    expect(lockOut.waitUntilMs('li', station, 0)).toBeNull();
  });
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s is of the network %s', (source, network) => {
  expect(networkOf(source)).toBe(network);
});
