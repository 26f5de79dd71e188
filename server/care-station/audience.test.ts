import { describe, expect, it } from 'vitest';
import type { OrganisationEntry } from '../device/directory.ts';
import { createDirectory } from '../device/directory.ts';
import { maySee } from './audience.ts';

const organisations: OrganisationEntry[] = [
  { id: 'd1', level: 'district', parentId: 'root', name: '安宁区' },
  { id: 's1', level: 'street', parentId: 'd1', name: '一街' },
  { id: 's2', level: 'street', parentId: 'd1', name: '二街' },
  { id: 'a', level: 'station', parentId: 's1', name: '甲站' },
  { id: 'b', level: 'station', parentId: 's1', name: '乙站' },
  { id: 'c', level: 'station', parentId: 's2', name: '丙站' },
  { id: 'd2', level: 'district', parentId: 'root', name: '别区' },
];
const directory = createDirectory();
directory.take({ devices: [], gateways: [], services: [], organisations });

const everyone = ['root', 'd1', 'd2', 's1', 's2', 'a', 'b', 'c'];

describe('who sees an alarm of station a', () => {
  it.each([
    ['station', ['root', 'd1', 's1', 'a']],
    ['street', ['root', 'd1', 's1', 'a', 'b']],
    ['district', ['root', 'd1', 's1', 's2', 'a', 'b', 'c']],
  ] as const)('shown to its %s', (audience, expected) => {
    expect(everyone.filter((id) => maySee(id, { stationId: 'a', audience }, directory))).toEqual(expected);
  });

  it('an alarm without a station is seen by everyone', () => {
    expect(everyone.filter((id) => maySee(id, { stationId: null, audience: 'station' }, directory))).toEqual(
      everyone,
    );
  });

  it('an organisation that does not exist sees nothing of a station', () => {
    expect(maySee('nowhere', { stationId: 'a', audience: 'district' }, directory)).toBe(false);
  });
});
