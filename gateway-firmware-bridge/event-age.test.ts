import { describe, expect, it } from 'vitest';
import { ageMs } from './event-age.ts';
import type { Moment } from './event-age.ts';

const day = 24 * 3600 * 1000;
const truth = Date.UTC(2026, 5, 1);
const heard: Moment = { bootId: 'first', upMs: 60_000, wallMs: truth };

describe('the age of an event', () => {
  it.each([
    ['waits in the same boot', { upMs: 65_000, wallMs: truth + 5_000 }, 5_000],
    ['whose boot began in 1970 and got its clock since', { upMs: 65_000, wallMs: truth + 50 * day }, 5_000],
    ['while the clock was set back', { upMs: 65_000, wallMs: truth - 50 * day }, 5_000],
  ])('%s is counted without the wall clock', (_, now, age) => {
    expect(ageMs(heard, { bootId: 'first', ...now }, new Map())).toBe(age);
  });

  it('from an earlier boot comes from the wall clock', () => {
    const now = { bootId: 'second', upMs: 30_000, wallMs: truth + day };
    expect(ageMs(heard, now, new Map())).toBe(day);
  });

  it('from an earlier boot whose clock was set right only after the event is right', () => {
    const behind: Moment = { ...heard, wallMs: truth - 9 * day };
    const offsets = new Map([['first', truth - heard.upMs]]);
    expect(ageMs(behind, { bootId: 'second', upMs: 30_000, wallMs: truth + day }, offsets)).toBe(day);
  });

  it('from an earlier boot is at least as old as this boot, also where this clock starts in the past', () => {
    const now = { bootId: 'second', upMs: 30_000, wallMs: truth - 9 * day };
    expect(ageMs(heard, now, new Map())).toBe(30_000);
  });

  it('never passes what the hub believes', () => {
    const unset: Moment = { ...heard, wallMs: 0 };
    const now = { bootId: 'second', upMs: 30_000, wallMs: truth };
    expect(ageMs(unset, now, new Map())).toBe(400 * day);
  });
});
