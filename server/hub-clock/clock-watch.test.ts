import { expect, it, vi } from 'vitest';
import type { ClockLook } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import { createMovingClock } from '../moving-clock.ts';
import { watchClock } from './clock-watch.ts';

const even: ClockLook = { boot: 'b1', uptimeMs: 1_000, offMs: 0, setByMs: 0 };

it('records that the clock was set, has an alarm while the hub has a time of its own, and notes each minute where it stands', async () => {
  const clock = createMovingClock();
  let look = even;
  const told: string[] = [];
  let isStoreWell = true;
  const commit = ((name: string, input: { setByMs?: number }) => {
    told.push(input.setByMs ? `${name} ${input.setByMs}` : name);
    return Promise.resolve(null);
  }) as unknown as Gate['commit'];
  const store = () => ({ is: isStoreWell ? 'ok' : 'failing', sinceMs: 0, why: '' }) as never;
  const troubled = vi.fn<(event: string, error: unknown) => void>();
  const watch = watchClock({ commit, store }, { ...clock, look: () => look }, troubled);
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      clock.move(1_000);
      await vi.waitFor(() => undefined);
      await new Promise(setImmediate);
      look = { ...look, setByMs: 0 };
    }
    return told.splice(0);
  };

  expect(await pass(2)).toEqual(['clearHubAlarm']);
  isStoreWell = false;
  look = { ...even, offMs: 86_400_000, setByMs: -86_400_000 };
  expect(await pass(2)).toEqual([]);
  isStoreWell = true;
  expect(await pass(3)).toEqual(['noteClock -86400000', 'raiseHubAlarm']);
  expect(watch.offMs()).toBe(86_400_000);
  look = { ...even, offMs: 4_000 };
  expect(await pass(55)).toEqual([]);
  look = even;
  expect(await pass(10)).toEqual(['clearHubAlarm', 'noteClock']);
  expect(troubled.mock.calls.map(([event]) => event)).toEqual(['clock.set']);
  watch.stop();
});
