import type { MapPlace, MapStates } from '@carebell/contracts/map.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupMarks, hullOf } from './marks.ts';
import type { Position } from './marks.ts';

const world = { west: -180, south: -85, east: 180, north: 85 };
const place = fc.tuple(
  fc.double({ min: 121, max: 121.5, noNaN: true }),
  fc.double({ min: 31, max: 31.5, noNaN: true }),
);
const homes = fc
  .array(fc.tuple(place, fc.constantFrom('alarm', 'silent', 'away', 'quiet')), { maxLength: 60 })
  .map((drawn) => {
    const places = drawn.map(([[longitude, latitude]], index): MapPlace => [
      `h${index}`,
      longitude,
      latitude,
    ]);
    const items = drawn.flatMap(([, state], index) =>
      state === 'quiet' ? [] : [{ dwellingId: `h${index}`, address: '', state, alarm: null, silent: 0 }],
    ) as MapStates['items'];
    return { places, items };
  });

describe('the marks of a map', () => {
  it('stand for every home at every distance, each alarm for itself', () => {
    fc.assert(
      fc.property(homes, fc.integer({ min: 0, max: 19 }), ({ places, items }, zoom) => {
        const marks = groupMarks(places, items).inSight({ ...world, zoom });
        const counted = marks.reduce((sum, mark) => sum + (mark.of === 'group' ? mark.count : 1), 0);
        expect(counted).toBe(places.length);
        const alarms = marks.filter(({ state }) => state === 'alarm');
        expect(alarms).toHaveLength(items.filter(({ state }) => state === 'alarm').length);
        expect(marks.slice(marks.length - alarms.length)).toEqual(alarms);
      }),
    );
  });

  it('show a silent home in the group in which it is hidden', () => {
    const places: MapPlace[] = [
      ['a', 121, 31],
      ['b', 121.00001, 31],
      ['c', 121.00002, 31],
    ];
    const silent = { dwellingId: 'b', address: '', state: 'silent', alarm: null, silent: 1 } as const;
    const marks = groupMarks(places, [silent]);
    const [group] = marks.inSight({ ...world, zoom: 10 });
    expect(group).toMatchObject({ of: 'group', count: 3, state: 'silent' });
    expect(group?.of === 'group' && marks.partsAtZoom(group.id)).toBeGreaterThan(10);
  });

  it('are found among 20,000 homes faster than a screen paints', () => {
    const places = Array.from({ length: 20_000 }, (_, index): MapPlace => [
      `h${index}`,
      121 + (index % 200) / 400,
      31 + Math.floor(index / 200) / 200,
    ]);
    const marks = groupMarks(places, []);
    const began = performance.now();
    for (let zoom = 0; zoom < 18; zoom += 1)
      marks.inSight({ west: 121.2, south: 31.1, east: 121.3, north: 31.3, zoom });
    expect((performance.now() - began) / 18).toBeLessThan(16);
  });
});

describe('the outline of homes without an outline', () => {
  it('goes round all of them', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 3, maxLength: 40 }), (positions) => {
        const hull = hullOf(positions);
        for (const [index, from] of hull.entries()) {
          const to = hull[(index + 1) % hull.length]!;
          for (const one of positions) expect(side(from, to, one)).toBeGreaterThanOrEqual(-1e-9);
        }
      }),
    );
  });
});

function side([ax, ay]: Position, [bx, by]: Position, [cx, cy]: Position): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}
