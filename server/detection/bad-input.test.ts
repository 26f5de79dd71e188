import { describe, expect, it } from 'vitest';
import type { Rule } from '@carebell/contracts/detection.ts';
import { at, life } from './life-under-test.ts';

const inactivity: Rule = {
  id: 'inactivity',
  kind: 'inactivity',
  from: '07:00',
  to: '23:00',
  afterMinutes: 240,
  inBedAfterMinutes: null,
};
const wandering: Rule = {
  id: 'door-at-night',
  kind: 'door-at-night',
  from: '22:00',
  to: '06:00',
  afterMinutes: 0,
  raises: 'wandering',
};
const stuck: Rule = { id: 'stuck', kind: 'sensor-stuck', afterMinutes: 360 };

describe('a sensor that sticks', () => {
  it('is named after six hours, and does not hide that nobody moves', () => {
    const one = life([inactivity, stuck]);
    one.tell('bedroom', 'moves', at(2, '07:30'));
    one.repeat('living', 'moves', at(2, '08:00'), at(2, '20:00'), 1);
    expect(one.said()).toEqual(['inactivity 02 14:00', 'stuck 02 14:00']);
    expect(one.findings).toMatchObject([{ sinceMs: at(2, '07:30') }, { deviceId: 'living' }]);
  });
});

describe('a contact that bounces', () => {
  it('is one opening', () => {
    const one = life([wandering]);
    for (let ms = 0; ms < 5_000; ms += 100)
      one.tell('door', ms % 200 === 0 ? 'opens' : 'closes', at(2, '02:10') + ms);
    expect(one.said()).toEqual(['door-at-night 02 02:10']);
  });
});

describe('an event that comes late', () => {
  it('raises nothing that is no longer so', () => {
    const one = life([wandering]);
    one.tell('door', 'opens', at(2, '02:10'), at(2, '09:00'));
    expect(one.said()).toEqual([]);
    const back = life([wandering]);
    back.tell('living', 'moves', at(2, '02:30'));
    back.tell('door', 'opens', at(2, '02:10'), at(2, '02:40'));
    expect(back.said()).toEqual([]);
  });

  it('raises what is still so', () => {
    const one = life([wandering]);
    one.tell('living', 'moves', at(2, '02:00'));
    one.tell('door', 'opens', at(2, '02:10'), at(2, '02:40'));
    one.passUntil(at(2, '02:42'));
    expect(one.findings).toMatchObject([{ isLate: true, sinceMs: at(2, '02:10') }]);
  });

  it('is judged together with those that come with it', () => {
    const one = life([{ id: 'door-open', kind: 'door-open', afterMinutes: 20 }]);
    one.tell('door', 'closes', at(2, '01:00'));
    one.tell('door', 'opens', at(2, '04:00'), at(2, '11:00'));
    one.tell('door', 'closes', at(2, '04:00:20'), at(2, '11:00:02'));
    one.passUntil(at(2, '15:00'));
    expect(one.said()).toEqual([]);
  });

  it('is no end of a silence while more of what was kept back may come', () => {
    const one = life([inactivity]);
    const nowMs = at(2, '12:00');
    one.tell('living', 'moves', at(2, '07:59:30'), nowMs);
    one.tell('bathroom', 'moves', at(2, '07:59:50'), nowMs + 5_000);
    one.passUntil(nowMs + 40_000);
    one.tell('living', 'moves', at(2, '11:00'), nowMs + 40_000);
    one.passUntil(at(2, '14:00'));
    expect(one.said()).toEqual([]);
    one.passUntil(at(2, '15:30'));
    expect(one.said()).toEqual(['inactivity 02 15:00']);
  });

  it('holds back what it says of a silence for a minute only', () => {
    const one = life([inactivity]);
    one.tell('living', 'moves', at(2, '07:59:30'), at(2, '12:00'));
    one.passUntil(at(2, '12:05'));
    expect(one.said()).toEqual(['inactivity 02 12:01']);
  });

  it('does not cancel what was raised, and is noted with when it happened', () => {
    const one = life([inactivity]);
    one.tell('living', 'moves', at(2, '08:00'));
    one.passUntil(at(2, '12:30'));
    one.tell('bathroom', 'moves', at(2, '10:00'), at(2, '12:40'));
    expect(one.said()).toEqual(['inactivity 02 12:00']);
    expect(one.notes).toMatchObject([{ is: 'later-event', atMs: at(2, '10:00'), deviceId: 'bathroom' }]);
  });

  it('moves what is not yet raised', () => {
    const one = life([inactivity]);
    one.tell('living', 'moves', at(2, '08:00'));
    one.tell('bathroom', 'moves', at(2, '10:00'), at(2, '11:40'));
    one.passUntil(at(2, '15:00'));
    expect(one.said()).toEqual(['inactivity 02 14:00']);
  });

  it('out of its order leaves a door as the latest event says', () => {
    const one = life([{ id: 'door-open', kind: 'door-open', afterMinutes: 20 }]);
    one.tell('door', 'closes', at(2, '09:00:10'));
    one.tell('door', 'opens', at(2, '09:00'), at(2, '09:00:12'));
    one.passUntil(at(2, '12:00'));
    expect(one.said()).toEqual([]);
  });
});

describe('a clock that is wrong', () => {
  it('is seen by events that are late by the same time again and again, which then count as they come', () => {
    const one = life([inactivity]);
    for (let minute = 0; minute < 600; minute += 20) {
      const nowMs = at(2, '08:00') + minute * 60_000;
      one.tell('living', 'moves', nowMs - 3 * 3_600_000, nowMs);
    }
    expect(one.said()).toEqual([]);
  });
});

describe('sensors that die and come back', () => {
  it('prove no silence: what could not be seen does not count', () => {
    const one = life([inactivity]);
    one.repeat('living', 'beats', at(1, '00:00'), at(2, '08:00'), 60);
    one.tell('living', 'moves', at(2, '08:05'));
    one.passUntil(at(2, '20:00'));
    expect(one.said()).toEqual([]);
    one.repeat('living', 'beats', at(3, '09:00'), at(3, '22:00'), 60);
    expect(one.said()).toEqual(['inactivity 03 13:00']);
    expect(one.findings[0]?.unknownMs).toBeGreaterThan(20 * 3_600_000);
  });

  it('behind a gateway without power are not seen either', () => {
    const one = life([inactivity]);
    one.tell('living', 'moves', at(2, '08:00'));
    one.link('living', false, at(2, '09:00'));
    one.passUntil(at(2, '13:00'));
    one.link('living', true, at(2, '13:00'));
    one.passUntil(at(2, '15:59'));
    expect(one.said()).toEqual([]);
    one.passUntil(at(2, '18:00'));
    expect(one.said()).toEqual(['inactivity 02 17:00']);
  });
});

describe('a hub that was down', () => {
  it('raises no storm of silence when it is back', () => {
    const hubGaps = [{ fromMs: at(2, '09:00'), untilMs: at(2, '14:00') }];
    const one = life([inactivity], { hubGaps });
    one.tell('living', 'moves', at(2, '08:30'));
    one.passUntil(at(2, '17:59'));
    expect(one.said()).toEqual([]);
    one.passUntil(at(2, '20:00'));
    expect(one.said()).toEqual(['inactivity 02 18:00']);
  });

  it('for a minute makes no difference but that minute', () => {
    const hubGaps = [{ fromMs: at(2, '09:00'), untilMs: at(2, '09:01') }];
    const one = life([inactivity], { hubGaps });
    one.tell('living', 'moves', at(2, '08:30'));
    one.passUntil(at(2, '20:00'));
    expect(one.said()).toEqual(['inactivity 02 12:31']);
  });
});

describe('what is kept of a resident', () => {
  it('is no larger after a month than after a day', () => {
    const one = life([inactivity, wandering, stuck]);
    const live = (day: number): void => {
      one.repeat('living', 'moves', at(day, '07:00'), at(day, '21:00'), 11);
      one.repeat('bathroom', 'moves', at(day, '21:00'), at(day, '21:30'), 11);
    };
    live(1);
    const afterADay = JSON.stringify(one.watch()).length;
    for (let day = 2; day <= 30; day += 1) live(day);
    expect(JSON.stringify(one.watch()).length).toBeLessThan(afterADay + 200);
  });
});
