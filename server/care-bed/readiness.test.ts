import type { Carer } from '@carebell/contracts/care-beds.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BedDevice } from './readiness.ts';
import { isNightCovered, lacksOf } from './readiness.ts';

const nowMs = Date.parse('2026-03-14T04:00:00Z');
const carer = (name: string, begins: string, ends: string): Carer => ({
  name,
  begins,
  ends,
  relation: '护理员',
  phone: '13900139000',
});
const sensor: BedDevice = { of: 'bed-sensor', isHeard: true };
const button: BedDevice = { of: 'button', isHeard: true };
const complete = { carers: [carer('陈', '20:00', '08:00')], respites: [], devices: [sensor, button] };
const respite = {
  id: 'r',
  carer: '陈',
  from: '2026-03-14T00:00:00Z',
  until: '2026-03-15T00:00:00Z',
  standIn: null,
  note: '',
};

describe('a home care bed', () => {
  it.each([
    ['nothing, with a sensor, a button and somebody at night', complete, []],
    [
      'everything, of one that was only just opened',
      { carers: [], respites: [], devices: [] },
      ['no-bed-sensor', 'no-button', 'no-carer'],
    ],
    [
      'devices that are heard',
      {
        ...complete,
        devices: [
          { ...sensor, isHeard: false },
          { ...button, isHeard: false },
        ],
      },
      ['bed-sensor-silent', 'button-silent'],
    ],
    [
      'nothing, while one of two sensors is heard',
      { ...complete, devices: [...complete.devices, { ...sensor, isHeard: false }] },
      [],
    ],
    ['somebody at night', { ...complete, carers: [carer('陈', '08:00', '20:00')] }, ['no-night-carer']],
    [
      'whoever stands in, while the carer is away',
      { ...complete, respites: [respite] },
      ['no-night-carer', 'no-stand-in'],
    ],
    [
      'nothing, while somebody stands in',
      { ...complete, respites: [{ ...respite, standIn: { name: '李', phone: '139' } }] },
      [],
    ],
    [
      'nothing, before the carer goes',
      { ...complete, respites: [{ ...respite, from: '2026-03-14T05:00:00Z' }] },
      [],
    ],
    [
      'nothing, once the carer is back',
      { ...complete, respites: [{ ...respite, until: '2026-03-14T03:00:00Z' }] },
      [],
    ],
  ] as const)('is short of %s', (_, bed, lacks) => {
    expect(lacksOf(bed, nowMs)).toEqual(lacks);
  });
});

describe('a night', () => {
  it.each([
    ['one over midnight', [carer('a', '22:00', '06:00')], true],
    ['one round the clock', [carer('a', '09:00', '09:00')], true],
    ['two who relieve each other', [carer('a', '21:00', '02:00'), carer('b', '02:00', '07:00')], true],
    ['two with a minute between them', [carer('a', '21:00', '02:00'), carer('b', '02:01', '07:00')], false],
    ['one who goes before the morning', [carer('a', '21:00', '05:59')], false],
    ['nobody', [], false],
  ] as const)('with %s', (_, carers, isCovered) => {
    expect(isNightCovered(carers)).toBe(isCovered);
  });

  it('is not left alone because one more carer comes', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const hours = fc.record({ begins: time, ends: time });
    fc.assert(
      fc.property(fc.array(hours, { maxLength: 4 }), hours, (carers, one) => {
        if (isNightCovered(carers)) expect(isNightCovered([...carers, one])).toBe(true);
      }),
    );
  });
});
