import { organisationLevels } from '@carebell/contracts/roles.ts';
import { describe, expect, it } from 'vitest';
import { covers, mayStandBelow, scopeOf } from './organisation-scope.ts';

const tree = [
  { id: 'station-a', parentId: 'street-1' },
  { id: 'station-b', parentId: 'street-1' },
  { id: 'station-c', parentId: 'street-2' },
  { id: 'street-1', parentId: 'district' },
  { id: 'street-2', parentId: 'district' },
  { id: 'district', parentId: 'root' },
];

describe('the scope of a user', () => {
  const cases: [string, string[]][] = [
    ['station-a', ['station-a']],
    ['street-1', ['station-a', 'station-b', 'street-1']],
    ['district', ['district', 'station-a', 'station-b', 'station-c', 'street-1', 'street-2']],
    ['nowhere', []],
  ];
  for (const [organisationId, expected] of cases) {
    it(`of ${organisationId} is ${expected.join(', ') || 'empty'}`, () => {
      const scope = scopeOf(organisationId, tree);
      expect([...(scope as ReadonlySet<string>)].toSorted()).toEqual(expected);
    });
  }

  it('of the root is everything, also what belongs to no station', () => {
    expect(scopeOf('root', tree)).toBe('all');
    expect(covers('all', null)).toBe(true);
  });

  it('of a station covers itself and nothing beside or above it, nor what belongs to no station', () => {
    const scope = scopeOf('station-a', tree);
    expect(['station-a', 'station-b', 'street-1', 'root', null].map((id) => covers(scope, id))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('ends in a tree that was bitten in its own tail', () => {
    const loop = [
      { id: 'a', parentId: 'b' },
      { id: 'b', parentId: 'a' },
    ];
    expect(scopeOf('a', loop)).toEqual(new Set(['a', 'b']));
  });
});

describe('an organisation stands only below a higher level', () => {
  const allowed = new Set([
    'district below root',
    'street below root',
    'street below district',
    'station below root',
    'station below district',
    'station below street',
  ]);
  for (const level of organisationLevels) {
    for (const parent of ['root', ...organisationLevels] as const) {
      it(`${level} below ${parent}: ${allowed.has(`${level} below ${parent}`)}`, () => {
        expect(mayStandBelow(level, parent)).toBe(allowed.has(`${level} below ${parent}`));
      });
    }
  }
});
