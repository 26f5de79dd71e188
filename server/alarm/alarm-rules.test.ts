import { describe, expect, it } from 'vitest';
import { eventKinds } from '@carebell/contracts/event-kinds.ts';
import { alarmMeaning, alarmSubject, canTellResident } from './alarm-rules.ts';

describe('what an event means for alarms', () => {
  it.each([
    ['help', 'help'],
    ['taxi', 'taxi'],
    ['meal', 'meal'],
    ['registration', 'registration'],
    ['advice', 'advice'],
    [undefined, 'help'],
    ['panic', 'help'],
    [7, 'help'],
    ['constructor', 'help'],
  ])('a press of the key %s raises %s', (key, kind) => {
    expect(alarmMeaning('button.pressed', key)).toEqual({ type: 'raises', kind });
  });

  it('is decided for every event kind of the contract', () => {
    const meanings = Object.fromEntries(eventKinds.map((kind) => [kind, alarmMeaning(kind, undefined).type]));
    expect(meanings).toMatchInlineSnapshot(`
      {
        "battery.low": "raises",
        "battery.ok": "takes-back",
        "bed.entered": "none",
        "bed.left": "none",
        "button.cancelled": "takes-back",
        "button.pressed": "raises",
        "door.closed": "none",
        "door.opened": "none",
        "fall.cleared": "takes-back",
        "fall.detected": "raises",
        "fall.suspected": "raises",
        "gas.cleared": "takes-back",
        "gas.detected": "raises",
        "heartbeat": "none",
        "mains.lost": "raises",
        "mains.restored": "takes-back",
        "motion.cleared": "none",
        "motion.detected": "none",
        "smoke.cleared": "takes-back",
        "smoke.detected": "raises",
        "tamper.closed": "takes-back",
        "tamper.opened": "raises",
        "test.pressed": "none",
        "water.cleared": "takes-back",
        "water.detected": "raises",
      }
    `);
  });

  it('is nothing for a kind that nobody knows', () => {
    expect(alarmMeaning('vendor.special', undefined)).toEqual({ type: 'none' });
    expect(alarmMeaning('toString', undefined)).toEqual({ type: 'none' });
  });
});

describe('whose case an alarm is', () => {
  const home = { deviceId: 'd1', residentId: 'r1', dwellingId: 'w1' };
  it.each([
    ['help', home, 'resident:r1'],
    ['smoke', { ...home, residentId: null }, 'dwelling:w1'],
    ['help', { deviceId: 'd1', residentId: null, dwellingId: null }, 'device:d1'],
    ['battery-low', home, 'device:d1'],
  ] as const)('%s of %o', (kind, of, subject) => {
    expect(alarmSubject(kind, of)).toBe(subject);
  });

  it('only devices with a lamp, voice or screen are asked to tell the resident', () => {
    expect(canTellResident('button')).toBe(true);
    expect(canTellResident('door-sensor')).toBe(false);
  });
});
