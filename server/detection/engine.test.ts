import { describe, expect, it } from 'vitest';
import type { Rule } from '@carebell/contracts/detection.ts';
import { at, life } from './life-under-test.ts';

const inactivity: Rule = {
  id: 'inactivity',
  kind: 'inactivity',
  from: '07:00',
  to: '23:00',
  afterMinutes: 240,
  inBedAfterMinutes: 300,
};
const notUp: Rule = { id: 'not-up', kind: 'not-up', from: '04:30', by: '10:00', signs: 4, stillMinutes: 30 };
const wandering: Rule = {
  id: 'door-at-night',
  kind: 'door-at-night',
  from: '22:00',
  to: '06:00',
  afterMinutes: 0,
  raises: 'wandering',
};
const notBack: Rule = { id: 'not-back', kind: 'not-back', afterMinutes: 480, by: '22:30' };
const bathroom: Rule = { id: 'bathroom', kind: 'bathroom-long', afterMinutes: 60 };
const outOfBed: Rule = {
  id: 'out-of-bed',
  kind: 'out-of-bed',
  from: '22:00',
  to: '06:00',
  afterMinutes: 30,
  stillMinutes: 30,
};

describe('silence', () => {
  it('is noticed four hours after the last sign of life, with where and when it was', () => {
    const one = life([inactivity]);
    one.tell('living', 'moves', at(2, '09:12'));
    one.passUntil(at(2, '15:00'));
    expect(one.said()).toEqual(['inactivity 02 13:12']);
    expect(one.findings).toMatchObject([
      { sinceMs: at(2, '09:12'), room: '客厅', eventKind: 'motion.detected', limitMinutes: 240 },
    ]);
  });

  it('of the night does not count for the day', () => {
    const one = life([inactivity]);
    one.tell('living', 'moves', at(1, '22:50'));
    one.passUntil(at(2, '10:59'));
    expect(one.said()).toEqual([]);
    one.passUntil(at(2, '11:01'));
    expect(one.said()).toEqual(['inactivity 02 11:00']);
  });

  it('is raised once, and again only after the resident was seen again', () => {
    const one = life([inactivity]);
    one.tell('living', 'moves', at(2, '08:00'));
    one.passUntil(at(2, '22:00'));
    one.tell('living', 'moves', at(3, '08:00'));
    one.passUntil(at(3, '13:00'));
    expect(one.said()).toEqual(['inactivity 02 12:00', 'inactivity 03 12:00']);
    expect(one.notes).toMatchObject([{ is: 'activity-seen', eventKind: 'motion.detected' }]);
  });

  it('in bed may last longer', () => {
    const one = life([inactivity]);
    one.tell('bed', 'enters', at(2, '12:00'));
    one.passUntil(at(2, '20:00'));
    expect(one.said()).toEqual(['inactivity 02 17:00']);
  });

  it('is none while nobody is at home: who is out too long is another matter', () => {
    const one = life([inactivity, notBack]);
    one.tell('living', 'moves', at(2, '08:59'));
    one.tell('door', 'opens', at(2, '09:00'));
    one.tell('door', 'closes', at(2, '09:00:15'));
    one.passUntil(at(2, '23:00'));
    expect(one.said()).toEqual(['not-back 02 17:00']);
  });

  it('is expected while the resident is away, and counts from the return', () => {
    const absences = [{ kind: 'in-hospital' as const, fromMs: at(2, '09:00'), untilMs: at(4, '10:00') }];
    const one = life([inactivity, notUp], { absences });
    one.tell('living', 'moves', at(2, '08:30'));
    one.passUntil(at(4, '13:30'));
    expect(one.said()).toEqual([]);
    one.passUntil(at(4, '20:00'));
    expect(one.said()).toEqual(['inactivity 04 14:00']);
  });
});

describe('the morning', () => {
  it('on which nobody gets up is noticed at ten, one trip to the bathroom notwithstanding', () => {
    const one = life([notUp]);
    one.tell('living', 'moves', at(1, '21:00'));
    one.tell('bathroom', 'moves', at(2, '05:10'));
    one.tell('bathroom', 'moves', at(2, '05:12'));
    one.passUntil(at(2, '12:00'));
    expect(one.said()).toEqual(['not-up 02 10:00']);
    expect(one.findings).toMatchObject([{ by: '10:00', count: 2 }]);
  });

  it('of somebody who is about, or has left the house early, raises nothing', () => {
    const one = life([notUp]);
    one.tell('living', 'moves', at(1, '21:00'));
    one.repeat('living', 'moves', at(2, '07:00'), at(2, '08:00'), 10);
    one.tell('door', 'opens', at(3, '05:30'));
    one.passUntil(at(3, '12:00'));
    expect(one.said()).toEqual([]);
  });
});

describe('the night', () => {
  it('sees a door that opens at once, and once for all openings of a quarter of an hour', () => {
    const one = life([wandering]);
    one.tell('living', 'moves', at(1, '21:00'));
    one.tell('door', 'opens', at(2, '02:10'));
    one.tell('door', 'closes', at(2, '02:10:20'));
    one.tell('door', 'opens', at(2, '02:14'));
    one.tell('door', 'opens', at(2, '03:00'));
    expect(one.said()).toEqual(['door-at-night 02 02:10', 'door-at-night 02 03:00']);
    expect(one.findings[0]?.kind).toBe('wandering');
  });

  it('lets a carer through the door', () => {
    const absences = [{ kind: 'carer-present' as const, fromMs: at(1, '20:00'), untilMs: at(2, '08:00') }];
    const one = life([wandering], { absences });
    one.tell('door', 'opens', at(2, '02:10'));
    expect(one.said()).toEqual([]);
  });

  it('notices who leaves the bed and is seen nowhere', () => {
    const one = life([outOfBed]);
    one.tell('bed', 'enters', at(1, '22:00'));
    one.tell('bed', 'leaves', at(2, '03:00'));
    one.tell('bathroom', 'moves', at(2, '03:02'));
    one.passUntil(at(2, '05:00'));
    expect(one.said()).toEqual(['out-of-bed 02 03:32']);
  });

  it('leaves in peace who comes back to bed, or reads in the living room', () => {
    const one = life([outOfBed]);
    one.tell('bed', 'enters', at(1, '22:00'));
    one.tell('bed', 'leaves', at(2, '01:00'));
    one.tell('bed', 'enters', at(2, '01:10'));
    one.tell('bed', 'leaves', at(2, '03:00'));
    one.repeat('living', 'moves', at(2, '03:05'), at(2, '05:40'), 15);
    one.passUntil(at(2, '09:00'));
    expect(one.said()).toEqual([]);
  });
});

describe('somebody who lies on the floor of the bathroom', () => {
  it('is noticed an hour after going in, moving or not', () => {
    const one = life([bathroom]);
    one.tell('living', 'moves', at(2, '08:58'));
    one.tell('bathroom', 'moves', at(2, '09:00'));
    one.tell('bathroom', 'moves', at(2, '09:40'));
    one.passUntil(at(2, '12:00'));
    expect(one.said()).toEqual(['bathroom 02 10:00']);
  });
});

describe('a door, a counter, a button', () => {
  it('a door left open is noticed, and its closing noted', () => {
    const one = life([{ id: 'door-open', kind: 'door-open', afterMinutes: 20 }]);
    one.tell('door', 'closes', at(2, '08:00'));
    one.tell('door', 'opens', at(2, '09:00'));
    one.tell('door', 'closes', at(2, '09:40'));
    expect(one.said()).toEqual(['door-open 02 09:20']);
    expect(one.notes).toMatchObject([{ eventKind: 'door.closed', is: 'activity-seen' }]);
  });

  it('water that is hardly used for twelve hours is noticed, as long as the meter speaks', () => {
    const rule: Rule = {
      id: 'water',
      kind: 'counter-without-use',
      reading: 'waterM3',
      least: 0.01,
      afterMinutes: 720,
    };
    const one = life([rule]);
    one.read({ waterM3: 5 }, at(2, '08:00'));
    for (let hour = 9; hour < 23; hour += 1) one.read({ waterM3: 5.005 }, at(2, `${hour}:00`));
    expect(one.said()).toEqual(['water 02 20:00']);
    const deaf = life([rule]);
    deaf.read({ waterM3: 5 }, at(2, '08:00'));
    deaf.passUntil(at(3, '08:00'));
    expect(deaf.said()).toEqual([]);
  });

  it('a button that nobody has tested for a month is named', () => {
    const one = life([{ id: 'button', kind: 'button-not-tested', days: 30 }]);
    one.tell('button', 'presses', at(1, '08:00'));
    one.passUntil(at(31, '09:00'));
    expect(one.findings).toMatchObject([{ kind: 'button-not-tested', deviceId: 'button', count: 30 }]);
  });
});
