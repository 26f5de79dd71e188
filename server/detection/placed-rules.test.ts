import { packNames } from '@carebell/contracts/detection.ts';
import type { RuleChange } from '@carebell/contracts/detection.ts';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { packs, rulesFor } from './packs.ts';
import { placedRules } from './placed-rules.ts';

const station = {
  of: 'organisation',
  organisationId: 's',
  organisationName: '站',
  level: 'station',
} as const;
const bathroom = (afterMinutes: number, groups?: (typeof packNames)[number][]): RuleChange => ({
  id: 'bathroom-long',
  kind: 'bathroom-long',
  afterMinutes,
  ...(groups ? { groups } : {}),
});
const find = (placed: ReturnType<typeof placedRules>, id: string) =>
  placed.find(({ rule }) => rule.id === id);

it('a rule comes from the pack that speaks earlier, and is of everybody where all packs have it', () => {
  const placed = placedRules(['living-alone', 'dementia'], []);
  expect(find(placed, 'bathroom-long')).toMatchObject({
    rule: { afterMinutes: 75 },
    origin: { of: 'pack', pack: 'dementia' },
  });
  expect(find(placed, 'door-open')?.origin).toEqual({ of: 'everybody' });
});

it('a rule of a station stands in the place of the pack’s, and one of the resident in the place of the station’s', () => {
  const own = { origin: { of: 'resident' } as const, rules: [{ id: 'bathroom-long', isOff: true as const }] };
  const placed = placedRules(['dementia'], [{ origin: station, rules: [bathroom(60)] }, own]);
  expect(find(placed, 'bathroom-long')).toMatchObject({
    isOff: true,
    origin: { of: 'resident' },
    instead: { rule: { afterMinutes: 60 }, origin: station },
  });
});

it('a change that names risk groups is for them only', () => {
  const rules = [bathroom(45, ['disabled'])];
  expect(find(placedRules(['disabled'], [{ origin: station, rules }]), 'bathroom-long')?.rule).toMatchObject({
    afterMinutes: 45,
  });
  expect(rulesFor(['dementia'], [rules])).toEqual(rulesFor(['dementia'], []));
  expect(rulesFor([], [rules])).toEqual([]);
});

it('what holds is what the rules of the hub that runs are', () => {
  const ids = [...new Set(Object.values(packs).flatMap((rules) => rules.map(({ id }) => id)))];
  const groups = fc.subarray([...packNames]);
  const off = fc.record({ id: fc.constantFrom(...ids), isOff: fc.constant(true as const) });
  const on = fc.tuple(fc.integer({ min: 5, max: 480 }), fc.subarray([...packNames], { minLength: 1 }));
  const change = fc.oneof(
    off,
    on.map(([minutes, forGroups]) => bathroom(minutes, forGroups)),
  );
  fc.assert(
    fc.property(groups, fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 3 }), (own, lists) => {
      const placed = placedRules(
        own,
        lists.map((rules) => ({ origin: station, rules })),
      );
      const holding = placed.filter(({ isOff }) => !isOff).map(({ rule }) => rule);
      const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
      expect(holding.toSorted(byId)).toEqual(rulesFor(own, lists).toSorted(byId));
    }),
  );
});
