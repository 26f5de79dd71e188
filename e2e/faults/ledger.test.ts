import { describe, expect, it } from 'vitest';
import { brokenPromises, openLedger, withoutToldLoss } from './ledger.ts';
import type { Line, OnScreen, Stored } from './ledger.ts';

const press: Line[] = [
  { is: 'sent', event: 'b1 e1', deviceId: 'b1', isPress: true, atMs: 100 },
  { is: 'acknowledged', event: 'b1 e1', atMs: 105 },
  { is: 'shown', alarmId: 'a1', deviceId: 'b1', isStored: true, atMs: 110 },
  { is: 'displayed', alarmId: 'a1' },
];
const alarm = { id: 'a1', deviceId: 'b1', presses: 1, hasDeadline: true, isDisplayed: true };
const kept: Stored = { events: new Map([['b1 e1', 1]]), alarms: [alarm] };
const wall: OnScreen[] = [{ alarmId: 'a1', deviceId: 'b1', presses: 1, isStored: true }];

function verdictOf(lines: readonly Line[], stored: Stored, onScreen: readonly OnScreen[]) {
  const ledger = openLedger();
  for (const line of lines) ledger.take(line);
  return ledger.judge(stored, onScreen);
}

const verdictOn = (...seen: Parameters<typeof verdictOf>) => brokenPromises(verdictOf(...seen));

describe('the verdict', () => {
  it('finds nothing where every promise was kept', () => {
    expect(verdictOn(press, kept, wall)).toEqual({});
  });

  it.each([
    ['an acknowledged event that is gone', { ...kept, events: new Map() }, wall, { lost: ['b1 e1'] }],
    [
      'an event that is stored twice',
      { ...kept, events: new Map([['b1 e1', 2]]) },
      wall,
      { storedTwice: ['b1 e1'] },
    ],
    ['a press without an alarm', { ...kept, alarms: [] }, wall, { withoutAlarm: ['b1'] }],
    ['an alarm that no screen has', kept, [], { notShown: ['b1'] }],
    ['a press that counts twice', kept, [{ ...wall[0]!, presses: 2 }], { shownTwice: ['b1'] }],
    [
      'an alarm without a deadline',
      { ...kept, alarms: [{ ...alarm, hasDeadline: false }] },
      wall,
      { withoutDeadline: ['a1'] },
    ],
    [
      'a display that was forgotten',
      { ...kept, alarms: [{ ...alarm, isDisplayed: false }] },
      wall,
      { displayForgotten: ['a1'] },
    ],
  ])('finds %s', (_, stored, onScreen, broken) => {
    expect(verdictOn(press, stored, onScreen)).toEqual(broken);
  });

  it('owes nothing for what was not acknowledged', () => {
    expect(verdictOn(press.slice(0, 1), { events: new Map(), alarms: [] }, [])).toEqual({});
  });

  it('finds two alarms of one press, also if only one of them still stands', () => {
    const second: Line = { is: 'shown', alarmId: 'a2', deviceId: 'b1', isStored: true, atMs: 120 };
    expect(verdictOn([...press, second], kept, wall)).toEqual({ shownTwice: ['b1'] });
  });
});

it('the hub works again with the first press made after it that is both acknowledged and shown', () => {
  const ledger = openLedger();
  for (const line of press) ledger.take(line);
  expect(ledger.workedAgainAtMs(100)).toBe(110);
  expect(ledger.workedAgainAtMs(101)).toBeUndefined();
});

it('a loss that the hub has told is held against it no more, unless it is more than one batch or somebody else is missing', () => {
  const verdict = verdictOf(press, { events: new Map(), alarms: [] }, []);
  expect(brokenPromises(withoutToldLoss(verdict))).toEqual({});
  expect(brokenPromises(withoutToldLoss({ ...verdict, notShown: ['b1', 'b2'] }))).toEqual({
    notShown: ['b2'],
  });
  const many = Array.from({ length: 301 }, (_, index) => `d${index} e1`);
  expect(brokenPromises(withoutToldLoss({ ...verdict, lost: many }))).toHaveProperty('lost');
});
