import type { VisitRate } from '@carebell/contracts/visit-rate.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day, openVisitWorld } from '../adapters/visit-world-under-test.ts';
import type { VisitWorld } from '../adapters/visit-world-under-test.ts';

let world: VisitWorld;
beforeAll(async () => {
  world = await openVisitWorld();
});
afterAll(() => world.api.close());

describe('the visit rate', () => {
  it('counts done of due by kind, grid and organisation, says why somebody is missing, and leaves out who was away', async () => {
    await world.toNextWeek();
    const [seen, called, tried, forgotten, away] = [
      await world.enterResident(['living-alone'], '网格甲'),
      await world.enterResident(['living-alone'], '网格甲'),
      await world.enterResident(['living-alone'], '网格乙'),
      await world.enterResident(['living-alone'], '网格乙'),
      await world.enterResident(['living-alone'], '网格乙'),
    ];
    const absence = { kind: 'away', until: world.inMs(20 * day) };
    await world.manager.post(`/residents/${away}/absences`, absence);
    await world.look();
    await world.visit({ residentId: seen, kind: 'in-person' });
    await world.visit({ residentId: called, kind: 'phone' });
    await world.visit({ residentId: tried, kind: 'in-person', result: 'not-met', reason: 'nobody-home' });
    const grids = ({ grids: all }: VisitRate) =>
      all.filter(({ grid }) => grid === '网格甲' || grid === '网格乙');
    const now = (await world.manager.get('/visit-rate')).json<VisitRate>();
    expect(grids(now)).toMatchObject([
      { numbers: { due: 2, done: 0, open: 2, excused: 1 } },
      { numbers: { due: 2, done: 2, share: 1, byKind: { 'in-person': 1, phone: 1, sensor: 0 } } },
    ]);
    await world.toNextWeek();
    const week = (await world.manager.get(`/visit-rate?day=${now.firstDay}`)).json<VisitRate>();
    expect(week).toMatchObject({ firstDay: now.firstDay, cause: 'weekly' });
    expect(grids(week)[0]).toMatchObject({
      grid: '网格乙',
      numbers: { due: 2, missed: 2, open: 0, excused: 1, whyNot: { 'nobody-home': 1, 'not-tried': 1 } },
    });
    const { due: total, done, missed, open } = week.all;
    expect(done + missed + open).toBe(total);
    for (const id of [forgotten, tried, away])
      expect(week.notVisited.some(({ residentId }) => residentId === id)).toBe(true);
    expect(week.notVisited.find(({ residentId }) => residentId === away)).toMatchObject({
      phase: 'excused',
      absence: 'away',
      whyNot: null,
    });
    const after = (await world.manager.get('/visit-rate')).json<VisitRate>();
    expect(after.before.at(-1)).toMatchObject({ firstDay: now.firstDay, due: total, done });
    const street = (await world.admin.get(`/visit-rate?day=${now.firstDay}`)).json<VisitRate>();
    const of = (id: string) => street.organisations.find((one) => one.id === id)?.numbers;
    expect(of('street')).toEqual(of('district'));
    expect(of('a')).toEqual(week.all);

    const csv = await world.manager.get(`/visit-rate.csv?day=${now.firstDay}`);
    expect(csv.headers['content-disposition']).toContain(`carebell-visits-${now.firstDay}.csv`);
    expect(csv.body.split('\n')[0]).toContain('应访,已访,探访率');
    const masked = (
      await (await world.api.as('auditor-a')).get(`/visit-rate?day=${now.firstDay}`)
    ).json<VisitRate>();
    expect(masked.notVisited.every(({ residentName }) => /^(.\*\*)?$/.test(residentName))).toBe(true);
  });
});
