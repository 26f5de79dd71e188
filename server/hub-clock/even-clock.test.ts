import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEvenClock, followedMs, slewedBy } from './even-clock.ts';

const startMs = Date.UTC(2026, 2, 14);
const dayMs = 86_400_000;

/** A machine whose times the test moves; the hub looks every second, as it does. */
function openMachine() {
  let [wallMs, steadyMs, uptimeMs] = [startMs, 5_000, 900_000];
  let untilLookMs = 1_000;
  const clock = createEvenClock({
    wall: () => wallMs,
    steady: () => steadyMs,
    uptime: () => Math.round(uptimeMs / 10) * 10,
    boot: 'b1',
  });
  const looks: ReturnType<typeof clock.look>[] = [];
  function pass(ms: number): void {
    for (let left = ms; left > 0;) {
      const stepMs = Math.min(left, untilLookMs);
      wallMs += stepMs;
      steadyMs += stepMs;
      uptimeMs += stepMs;
      left -= stepMs;
      untilLookMs -= stepMs;
      if (untilLookMs > 0) continue;
      looks.push(clock.look());
      untilLookMs = 1_000;
    }
  }
  return {
    clock,
    looks,
    pass,
    wall: () => wallMs,
    set: (byMs: number) => void (wallMs += byMs),
    sleep(ms: number) {
      wallMs += ms;
      uptimeMs += ms;
    },
  };
}

describe("the hub's clock", () => {
  it('says what the wall clock says while that goes evenly', () => {
    const { clock, pass, wall, looks } = openMachine();
    for (let second = 0; second < 100; second += 1) {
      pass(733);
      expect(clock.now()).toBe(wall());
    }
    expect(looks.every(({ offMs, setByMs }) => offMs === 0 && setByMs === 0)).toBe(true);
  });

  it('follows a correction by a few hundredths of a second at once, and never goes back', () => {
    const { clock, pass, set, wall } = openMachine();
    pass(1_500);
    const before = clock.now();
    set(-40);
    expect(clock.now()).toBe(before);
    pass(50);
    expect(clock.now()).toBe(wall());
    expect(wall()).toBeGreaterThan(before);
  });

  it.each([
    ['an hour back', -3_600_000],
    ['a day back', -dayMs],
    ['a day forward', dayMs],
  ])('goes on when the wall clock is set %s, and tells so once', (_, byMs) => {
    const { clock, pass, set, looks } = openMachine();
    pass(10_000);
    const beforeMs = clock.now();
    set(byMs);
    pass(60_000);
    expect(clock.now() - beforeMs).toBeGreaterThanOrEqual(60_000 * (1 - slewedBy));
    expect(clock.now() - beforeMs).toBeLessThanOrEqual(60_000 * (1 + slewedBy) + 1);
    expect(looks.filter(({ setByMs }) => setByMs !== 0).map(({ setByMs }) => setByMs)).toEqual([byMs]);
    expect(Math.abs(looks.at(-1)!.offMs + byMs)).toBeLessThanOrEqual(3_000 + followedMs);
  });

  it('agrees with the wall clock again after a while, and when somebody sets that right', () => {
    const { clock, pass, set, wall, looks } = openMachine();
    set(-60_000);
    pass(60_000 / slewedBy);
    expect(clock.now()).toBe(wall());
    set(dayMs);
    pass(30_000);
    set(-dayMs);
    pass(60_000);
    expect(clock.now()).toBe(wall());
    expect(looks.at(-1)).toMatchObject({ offMs: 0, boot: 'b1' });
  });

  it('counts the time in which the machine slept', () => {
    const { clock, pass, sleep, wall, looks } = openMachine();
    pass(5_000);
    sleep(3_600_000);
    pass(1_000);
    expect(clock.now()).toBe(wall());
    expect(looks.every(({ setByMs }) => setByMs === 0)).toBe(true);
  });

  it('however often the wall clock is set, what is due comes after its true duration, a twentieth at most away', () => {
    const life = fc.array(
      fc.oneof(
        fc.record({ is: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 300_000 }) }),
        fc.record({
          is: fc.constant('set' as const),
          ms: fc.integer({ min: -400 * dayMs, max: 400 * dayMs }),
        }),
        fc.record({ is: fc.constant('set' as const), ms: fc.integer({ min: -3_000, max: 3_000 }) }),
      ),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(life, (turns) => {
        const { clock, pass, set } = openMachine();
        const beganMs = clock.now();
        let trueMs = 0;
        let sets = 0;
        let lastMs = beganMs;
        for (const { is, ms } of turns) {
          if (is === 'set') {
            set(ms);
            sets += 1;
          } else {
            pass(ms);
            trueMs += ms;
          }
          const nowMs = clock.now();
          expect(nowMs).toBeGreaterThanOrEqual(lastMs);
          lastMs = nowMs;
          // What is followed at once comes on top, with each setting.
          const mayBe = trueMs * slewedBy + (sets + 1) * 2 * followedMs;
          expect(Math.abs(nowMs - beganMs - trueMs)).toBeLessThanOrEqual(mayBe);
        }
      }),
      { numRuns: 300 },
    );
  });
});
