import { expect, it } from 'vitest';
import { stripOf } from './night-strip.ts';

const night = { from: '2026-03-03T12:00:00.000Z', to: '2026-03-04T00:00:00.000Z' };
const at = (clock: string): string => `2026-03-03T${clock}:00.000Z`;

it('a night is painted in minutes since its beginning, and ends now', () => {
  const strip = stripOf(
    {
      residentId: 'r',
      inBed: [{ from: at('13:00'), to: at('18:00') }],
      outOfBed: [{ from: at('18:00'), to: null }],
      motion: [0, 1, 5],
      doors: [at('18:10')],
      blind: [{ from: at('12:00'), to: at('12:30') }],
    },
    night,
    Date.parse(at('18:20')),
  );
  expect(strip).toEqual({
    lengthMinutes: 720,
    nowMinute: 380,
    bands: [
      { is: 'in-bed', from: 60, to: 360 },
      { is: 'out-of-bed', from: 360, to: 380 },
      { is: 'blind', from: 0, to: 30 },
    ],
    motion: [
      { from: 0, to: 10 },
      { from: 25, to: 30 },
    ],
    doors: [370],
    outMinutes: 20,
    outTimes: 1,
  });
});

it('after the night nothing is drawn beyond its end', () => {
  const course = { residentId: 'r', inBed: [{ from: at('13:00'), to: null }] };
  const rest = { outOfBed: [], motion: [], doors: [], blind: [] };
  const { nowMinute, bands } = stripOf({ ...course, ...rest }, night, Date.parse('2026-03-04T06:00:00Z'));
  expect({ nowMinute, bands }).toEqual({ nowMinute: 720, bands: [{ is: 'in-bed', from: 60, to: 720 }] });
});
