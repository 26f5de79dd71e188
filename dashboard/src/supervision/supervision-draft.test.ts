import { supervisionSettingSchema } from '@carebell/contracts/supervision.ts';
import { describe, expect, it } from 'vitest';
import { draftOf, settingOf, silenceAfterMs } from './supervision-draft.ts';

const draft = { class: 'own', periodMs: 90_000, missed: 2, of: 3 } as const;

describe('the form of supervision', () => {
  it.each([
    [{ class: 'own', periodSeconds: 90, missed: 2, of: 3 }, false],
    [{ class: 'sp4', missed: 1, of: 1 }, false],
    [{ class: 'off', missed: 1, of: 1 }, false],
  ] as const)('gives back what it was opened with: %o', (setting, isDefault) => {
    expect(settingOf(draftOf(setting, isDefault))).toEqual(setting);
  });

  it('gives nothing back where the type decides', () => {
    expect(settingOf(draftOf({ class: 'sp4', missed: 1, of: 1 }, true))).toBeNull();
  });

  it('gives a period only to what has one of its own', () => {
    expect(settingOf({ ...draft, class: 'sp5' })).toEqual({ class: 'sp5', missed: 2, of: 3 });
  });

  it.each([
    ['no period', { ...draft, periodMs: Number.NaN }],
    ['a period of a second', { ...draft, periodMs: 1_000 }],
    ['half a second more', { ...draft, periodMs: 30_500 }],
    ['more missed than counted', { ...draft, missed: 4 }],
    ['no number', { ...draft, of: Number.NaN }],
  ])('gives what the hub refuses too: %s', (_, wrong) => {
    expect(supervisionSettingSchema.safeParse(settingOf(wrong)).success).toBe(false);
  });

  it('says how long a silence is at the soonest', () => {
    expect(silenceAfterMs({ class: 'own', periodSeconds: 90, missed: 2, of: 3 })).toBe(180_000);
    expect(silenceAfterMs({ class: 'sp6', missed: 1, of: 1 })).toBe(20_000);
  });
});
