import { describe, expect, it } from 'vitest';
import { createUnknownNames, lockMsAfter } from './lock-out.ts';

describe('the lock-out after failed log-ins', () => {
  const minutes: [failures: number, lockedMinutes: number][] = [
    [0, 0],
    [1, 0],
    [4, 0],
    [5, 15],
    [6, 30],
    [7, 60],
    [11, 960],
    [12, 1440],
    [5_000, 1440],
  ];
  for (const [failures, lockedMinutes] of minutes) {
    it(`is ${lockedMinutes} minutes after ${failures} failures`, () => {
      expect(lockMsAfter(failures)).toBe(lockedMinutes * 60_000);
    });
  }

  it('treats a name that nobody has like one that somebody has', () => {
    const names = createUnknownNames();
    const locks = [1, 2, 3, 4, 5, 6].map(() => names.fail('nobody', 1_000));
    expect(locks).toEqual([null, null, null, null, 1_000 + 900_000, 1_000 + 1_800_000]);
    expect(names.lockedUntilMs('nobody')).toBe(1_801_000);
    expect(names.lockedUntilMs('somebody-else')).toBeNull();
  });

  it('keeps a bounded number of unknown names and forgets the one that failed longest ago', () => {
    const names = createUnknownNames(2);
    for (let failure = 0; failure < 5; failure += 1) names.fail('first', 0);
    names.fail('second', 0);
    expect(names.lockedUntilMs('first')).not.toBeNull();
    names.fail('third', 0);
    expect(names.lockedUntilMs('first')).toBeNull();
  });
});
