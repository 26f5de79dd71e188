import { describe, expect, it } from 'vitest';
import { createKeptVisits } from './kept-visits.ts';
import type { Sent } from './kept-visits.ts';

function storage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    items,
  };
}
const one = (id: string) => ({
  visit: { id, residentId: 'r', kind: 'phone' as const },
  residentName: '王',
  why: null,
});

describe('visits that wait to be sent', () => {
  it('are there again after a reload, each for who wrote it', () => {
    const store = storage();
    createKeptVisits(store, 'li').keep(one('visit-0001'));
    expect(createKeptVisits(store, 'li').get()).toMatchObject([{ visit: { id: 'visit-0001' } }]);
    expect(createKeptVisits(store, 'zhang').get()).toEqual([]);
  });
  it('are sent in their order, and the first without network keeps the rest', async () => {
    const kept = createKeptVisits(storage(), 'li');
    for (const id of ['visit-0001', 'visit-0002', 'visit-0003']) kept.keep(one(id));
    const answers: Sent[] = [{ is: 'sent' }, { is: 'later' }];
    const asked: unknown[] = [];
    await kept.send((visit) => {
      asked.push(visit.id);
      return Promise.resolve(answers.shift() ?? { is: 'sent' });
    });
    expect(asked).toEqual(['visit-0001', 'visit-0002']);
    expect(kept.get().map(({ visit }) => visit.id)).toEqual(['visit-0002', 'visit-0003']);
  });
  it('that the hub does not accept stay with the reason, and do not hold up the others', async () => {
    const kept = createKeptVisits(storage(), 'li');
    kept.keep(one('visit-0001'));
    kept.keep(one('visit-0002'));
    const answers: Sent[] = [{ is: 'refused', why: 'visit-time' }, { is: 'sent' }];
    await kept.send(() => Promise.resolve(answers.shift() ?? { is: 'sent' }));
    expect(kept.get()).toMatchObject([{ visit: { id: 'visit-0001' }, why: 'visit-time' }]);
    await kept.send(() => Promise.reject(new Error('a refused one is not sent again')));
    kept.drop('visit-0001');
    expect(kept.get()).toEqual([]);
  });
  it('are not those of a page that was tampered with', () => {
    const store = storage();
    store.setItem('carebell.visits.li', '{"no":"list"}');
    expect(createKeptVisits(store, 'li').get()).toEqual([]);
    store.setItem('carebell.visits.li', 'no json');
    expect(createKeptVisits(store, 'li').get()).toEqual([]);
  });
});
