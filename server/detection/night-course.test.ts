import { expect, it } from 'vitest';
import type { Point } from '../history/history-port.ts';
import type { NightSensor, Sleeper } from './detection-reads.ts';
import { at } from './life-under-test.ts';
import { courseOf, motionSpanMs, nightAround } from './night-course.ts';

const zone = () => 8 * 3_600_000;
const iso = (day: number, clock: string) => new Date(at(day, clock)).toISOString();
const sensor = (id: string, type: NightSensor['type'], room: string, residentId: string | null) => ({
  id,
  type,
  room,
  name: '',
  residentId,
  dwellingId: 'home',
});
const sensors: NightSensor[] = [
  sensor('bed-a', 'bed-sensor', '卧室', 'a'),
  sensor('hall', 'door-sensor', '玄关', null),
  sensor('fridge', 'door-sensor', '冰箱', null),
];
const told = (device: string, kind: string, atMs: number): Point => ({
  measurement: 'event',
  tags: { device, kind, resident: null, station: 's' },
  atMs,
  sub: 0,
  fields: {},
});
const sleeper = (residentId: string): Sleeper => ({
  residentId,
  name: residentId,
  address: '',
  dwellingId: 'home',
  riskGroups: [],
  rules: [],
  watch: null,
  absences: [],
});

it('a night runs from 20:00 to 08:00, and by day it is the last one', () => {
  for (const [day, clock] of [
    [3, '20:00'],
    [4, '03:00'],
    [4, '14:00'],
  ] as const)
    expect(nightAround(at(day, clock), zone)).toEqual({ fromMs: at(3, '20:00'), untilMs: at(4, '08:00') });
});

it('who went to bed before is in bed from the beginning; what nobody owns counts for all who live there', () => {
  const night = nightAround(at(3, '23:00'), zone);
  const points = [
    told('bed-a', 'bed.entered', at(3, '19:10')),
    told('bed-a', 'bed.left', at(3, '22:00')),
    told('hall', 'door.opened', at(3, '22:10')),
    told('fridge', 'door.opened', at(3, '22:20')),
  ];
  const motion = [
    { tags: { device: 'bed-a' }, values: [[at(3, '20:00') + motionSpanMs, 2] as [number, number]] },
  ];
  const hubGaps = [{ fromMs: at(3, '19:00'), untilMs: at(3, '20:30') }];
  const [a, b] = courseOf(
    [sleeper('a'), sleeper('b')],
    sensors,
    { points, motion },
    { night, nowMs: at(3, '23:00'), hubGaps },
  );
  expect(a).toEqual({
    residentId: 'a',
    inBed: [{ from: iso(3, '20:00'), to: iso(3, '22:00') }],
    outOfBed: [{ from: iso(3, '22:00'), to: null }],
    motion: [1],
    doors: [iso(3, '22:10')],
    blind: [{ from: iso(3, '20:00'), to: iso(3, '20:30') }],
  });
  expect(b).toMatchObject({ inBed: [], outOfBed: [], motion: [], doors: [iso(3, '22:10')] });
});
