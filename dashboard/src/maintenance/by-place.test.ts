import type { Job } from '@carebell/contracts/maintenance.ts';
import { expect, it } from 'vitest';
import { byPlace } from './by-place.ts';
import { jobQuery, totalsOf } from './maintenance-query.ts';

const job = (of: Partial<Job>): Job => ({
  kind: 'battery',
  of: 'device',
  id: 'd1',
  name: '',
  type: 'button',
  room: '',
  streetName: '和平街道',
  stationId: 'a',
  stationName: '一站',
  dwellingId: 'w1',
  address: '1 号',
  since: null,
  dueAt: null,
  percent: null,
  version: null,
  wished: null,
  reason: null,
  owner: null,
  taken: null,
  notes: [],
  done: null,
  ...of,
});

it('jobs stand by station and dwelling, in the order of the list, each dwelling once', () => {
  const jobs = [
    job({}),
    job({ id: 'd2', dwellingId: 'w2', address: '2 号' }),
    job({ id: 'd3', kind: 'silent' }),
    job({ id: 'g1', stationId: 'b', stationName: '二站', dwellingId: null, address: null }),
  ];
  const places = byPlace(jobs, '无住所').map(({ title, dwellings }) => [
    title,
    dwellings.map(({ address, jobs: at }) => `${address}: ${at.map(({ id }) => id).join(' ')}`),
  ]);
  expect(places).toEqual([
    ['和平街道 / 一站', ['1 号: d1 d3', '2 号: d2']],
    ['和平街道 / 二站', ['无住所: g1']],
  ]);
});

it('totals count one station or all', () => {
  const station = (stationId: string, count: number) => ({
    stationId,
    stationName: stationId,
    streetName: null,
    counts: [{ kind: 'battery' as const, count }],
  });
  const summary = { items: [station('a', 2), station('b', 3)] };
  expect(totalsOf(summary, '').get('battery')).toBe(5);
  expect(totalsOf(summary, 'b').get('battery')).toBe(3);
});

it('only what is chosen is asked for', () => {
  expect(jobQuery({ kind: '', stationId: '', mine: false, state: 'open' }).toString()).toBe('');
  expect(jobQuery({ kind: 'silent', stationId: 'a', mine: true, state: 'done' }).toString()).toBe(
    'kind=silent&stationId=a&mine=true&state=done',
  );
});
