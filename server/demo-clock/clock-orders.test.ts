import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { createClockMover, obeyClockOrders } from './clock-orders.ts';
import { openMovedClock } from './moved-clock.ts';
import type { Standing } from './standing.ts';
import { createSteppedClock } from './stepped-clock.ts';

const startMs = Date.UTC(2026, 9, 1);
const atRest: Standing = { isAtRest: true, isHistoryWhole: true, nextDueMs: null, alarmCursor: 0 };

function open(standing: () => Standing = () => atRest) {
  const clock = createSteppedClock(startMs);
  const steps: number[] = [];
  clock.every(1, () => steps.push(clock.now() - startMs));
  return { clock, steps, moveTo: createClockMover(clock, standing) };
}

describe('the clock of a demo that lives a month', () => {
  it('is moved in steps of at most four minutes, and ends a step where something of an alarm is due', async () => {
    let nextDueMs: number | null = startMs + 60_000;
    const { clock, steps, moveTo } = open(() => ({ ...atRest, nextDueMs }));
    clock.after(60_000, () => (nextDueMs = null));
    await moveTo(startMs + 500_000);
    expect(steps).toEqual([60_000, 300_000, 500_000]);
  });

  it('goes on half a second at a time while a deadline stays due', async () => {
    const { steps, moveTo } = open(() => ({ ...atRest, nextDueMs: startMs }));
    await moveTo(startMs + 1_200);
    expect(steps).toEqual([500, 1_000, 1_200]);
  });

  it('stops where an alarm has changed', async () => {
    let alarmCursor = 7;
    const { clock, moveTo } = open(() => ({ ...atRest, alarmCursor }));
    clock.after(300_000, () => (alarmCursor = 8));
    expect(await moveTo(startMs + 900_000)).toEqual({ atMs: startMs + 480_000, alarmCursor: 8 });
    expect(await moveTo(startMs + 900_000)).toEqual({ atMs: startMs + 900_000, alarmCursor: 8 });
  });

  it('waits until the hub has stored what a step set going', async () => {
    let isAtRest = true;
    const { clock, steps, moveTo } = open(() => ({ ...atRest, isAtRest }));
    clock.after(20_000, () => (isAtRest = false));
    const moved = moveTo(startMs + 480_000);
    await vi.waitFor(() => expect(isAtRest).toBe(false));
    expect(steps).toEqual([240_000]);
    isAtRest = true;
    await moved;
    expect(steps).toEqual([240_000, 480_000]);
  });

  it('goes slowly while the history is more than an hour behind', async () => {
    let isHistoryWhole = false;
    const { clock, steps, moveTo } = open(() => ({ ...atRest, isHistoryWhole }));
    clock.after(3_602_000, () => (isHistoryWhole = true));
    await moveTo(startMs + 3_900_000);
    const sizes = steps.map((at, index) => at - (steps[index - 1] ?? 0));
    expect(sizes.filter((size) => size === 1_000)).toHaveLength(2);
    expect(sizes.at(-1)).toBe(58_000);
  });
});

it('orders are obeyed one after another, and what is none is ignored', async () => {
  const channel = Object.assign(new EventEmitter(), { send: vi.fn<(message: object) => boolean>() });
  const { moveTo } = open();
  obeyClockOrders(channel as unknown as NodeJS.Process, moveTo);
  channel.emit('message', { number: 1, toMs: startMs + 1_000 });
  channel.emit('message', 'nonsense');
  channel.emit('message', { number: 2, toMs: startMs + 2_000 });
  await vi.waitFor(() => expect(channel.send).toHaveBeenCalledTimes(2));
  expect(channel.send.mock.calls.map(([told]) => told)).toEqual([
    { number: 1, atMs: startMs + 1_000, alarmCursor: 0 },
    { number: 2, atMs: startMs + 2_000, alarmCursor: 0 },
  ]);
});

it('no clock is moved of a hub that is no demo, or that nobody started over an IPC channel', () => {
  const alone = { on: vi.fn<() => never>(), connected: false } as unknown as NodeJS.Process;
  expect(openMovedClock({ isDemo: false, demoClockMs: startMs }, alone)).toBeNull();
  expect(openMovedClock({ isDemo: true, demoClockMs: null }, alone)).toBeNull();
  expect(openMovedClock({ isDemo: true, demoClockMs: startMs }, alone)).toMatchObject({
    refusal: expect.stringContaining('CAREBELL_DEMO_CLOCK') as string,
  });
});
