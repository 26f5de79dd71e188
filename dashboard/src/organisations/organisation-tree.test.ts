import type { Organisation } from '@carebell/contracts/registry.ts';
import { expect, it } from 'vitest';
import { treeOf } from './organisation-tree.ts';

const organisation = (id: string, level: Organisation['level'], parentId: string): Organisation => ({
  id,
  level,
  name: id,
  parentId,
  phone: null,
  latitude: null,
  longitude: null,
  version: 1,
});
const namesOf = (branches: ReturnType<typeof treeOf>): unknown =>
  branches.map(({ organisation: { id }, below }) => [id, namesOf(below)]);

it('hangs every organisation below its own, in the order of their names', () => {
  const found = treeOf([
    organisation('station-b', 'station', 'street'),
    organisation('street', 'street', 'district'),
    organisation('district', 'district', 'root'),
    organisation('station-a', 'station', 'street'),
    organisation('alone', 'station', 'root'),
  ]);
  expect(namesOf(found)).toEqual([
    ['alone', []],
    [
      'district',
      [
        [
          'street',
          [
            ['station-a', []],
            ['station-b', []],
          ],
        ],
      ],
    ],
  ]);
});

it('begins with a station for those who see nothing above it', () => {
  expect(namesOf(treeOf([organisation('a', 'station', 'street')]))).toEqual([['a', []]]);
});
