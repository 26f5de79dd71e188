import { describe, expect, it } from 'vitest';
import type { NightResident } from '@carebell/contracts/night.ts';
import type { AbsentTime } from './facts.ts';
import { at, life } from './life-under-test.ts';
import { byNeed, isWatchedAtNight, nightState } from './night-state.ts';
import { packs, rulesFor } from './packs.ts';

const zoneMs = 8 * 3_600_000;
const rules = rulesFor(['disabled'], []);

function stateOf(one: ReturnType<typeof life>, nowMs: number, absences: AbsentTime[] = []) {
  const surroundings = { rules, zone: () => zoneMs, absences, hubGaps: [], buttonId: null };
  return nightState(one.watch(), surroundings, nowMs);
}

describe('where a resident is at night', () => {
  it('in bed, then out of it, and in the bathroom still out of it', () => {
    const one = life([]);
    one.tell('bed', 'enters', at(3, '22:00'));
    expect(stateOf(one, at(3, '23:00'))).toMatchObject({ place: 'in-bed', since: iso(3, '22:00') });
    one.tell('bed', 'leaves', at(3, '23:10'));
    expect(stateOf(one, at(3, '23:12'))).toMatchObject({
      place: 'out-of-bed',
      outOfBedSince: iso(3, '23:10'),
      limitMinutes: 20,
    });
    one.tell('bathroom', 'moves', at(3, '23:14'));
    expect(stateOf(one, at(3, '23:20'))).toMatchObject({
      place: 'bathroom',
      since: iso(3, '23:14'),
      outOfBedSince: iso(3, '23:10'),
      lastSign: { room: '卫生间', at: iso(3, '23:14') },
    });
  });

  it('out of the home, with the door that stands open', () => {
    const one = life([]);
    one.tell('living', 'moves', at(3, '21:00'));
    one.tell('door', 'opens', at(3, '22:00'));
    one.tell('door', 'closes', at(3, '22:01'));
    expect(stateOf(one, at(3, '22:30'))).toMatchObject({ place: 'out-of-home', doorOpenSince: null });
    one.tell('door', 'opens', at(3, '22:40'));
    expect(stateOf(one, at(3, '22:45'))).toMatchObject({ doorOpenSince: iso(3, '22:40') });
  });

  it('up while somebody moves, and still afterwards, where there is no bed', () => {
    const one = life([]);
    one.tell('living', 'moves', at(3, '22:00'));
    expect(stateOf(one, at(3, '22:10')).place).toBe('up');
    expect(stateOf(one, at(3, '22:20'))).toMatchObject({ place: 'still', since: iso(3, '22:00') });
  });

  it('not to be seen, away, or without anything that sees', () => {
    const one = life([]);
    one.tell('living', 'moves', at(3, '20:00'));
    one.link('living', false, at(3, '21:00'));
    expect(stateOf(one, at(3, '22:00'))).toMatchObject({
      place: 'blind',
      since: iso(3, '21:00'),
      sensors: { all: 1, gone: 1 },
    });
    const away = { kind: 'in-hospital', fromMs: at(3, '08:00'), untilMs: at(5, '08:00') } as const;
    expect(stateOf(one, at(3, '22:00'), [away])).toMatchObject({ place: 'away', since: iso(3, '08:00') });
    const carer = { ...away, kind: 'carer-present' } as const;
    expect(stateOf(one, at(3, '22:00'), [carer])).toMatchObject({
      place: 'blind',
      absence: { kind: 'carer-present' },
    });
    expect(stateOf(life([]), at(3, '22:00')).place).toBe('unequipped');
  });
});

it('the night watch looks at those with a rule of the night whom sensors see, and at dementia and disabled always', () => {
  expect(isWatchedAtNight(['advanced-age'], packs['advanced-age'], 0)).toBe(false);
  expect(isWatchedAtNight(['advanced-age'], packs['advanced-age'], 1)).toBe(true);
  expect(isWatchedAtNight(['dementia'], [], 0)).toBe(true);
  expect(isWatchedAtNight([], [], 3)).toBe(false);
});

it('who has an alarm stands first, then who is out of bed longest, and who is in bed below', () => {
  const resident = (residentId: string, place: NightResident['place'], out: string | null, alarm = false) =>
    ({ residentId, place, since: null, outOfBedSince: out, alarms: alarm ? [{}] : [] }) as NightResident;
  const sorted = [
    resident('sleeps', 'in-bed', null),
    resident('short', 'out-of-bed', '2026-03-03T18:30:00.000Z'),
    resident('long', 'bathroom', '2026-03-03T17:00:00.000Z'),
    resident('calls', 'in-bed', null, true),
    resident('away', 'away', null),
    resident('blind', 'blind', null),
  ].toSorted(byNeed);
  expect(sorted.map(({ residentId }) => residentId)).toEqual([
    'calls',
    'long',
    'short',
    'blind',
    'sleeps',
    'away',
  ]);
});

function iso(day: number, clock: string): string {
  return new Date(at(day, clock)).toISOString();
}
