import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openVisitWorld } from '../adapters/visit-world-under-test.ts';
import type { VisitWorld } from '../adapters/visit-world-under-test.ts';
import { copyParts } from './history-reads.ts';

type Copy = Record<string, Record<string, unknown>[]>;

let world: VisitWorld;
let copy: Copy;
let text: string;

beforeAll(async () => {
  world = await openVisitWorld();
  const { api, admin, manager } = world;
  const { clock } = api;
  const created = async (answer: ReturnType<typeof admin.post>) => {
    const { statusCode, body } = await answer;
    if (statusCode >= 300) throw new Error(body);
    return JSON.parse(body) as { id: string };
  };
  for (const residentId of ['resident-a', 'resident-b']) {
    const name = residentId.at(-1) ?? '';
    for (const destination of ['华山医院', '区图书馆']) {
      const request = { kind: 'taxi', residentId, details: { destination: `${destination} ${name}` } };
      await created(admin.post('/requests', { ...request, note: `女儿陪同 ${name}` }));
    }
    await created(
      admin.post('/visits', {
        residentId,
        kind: 'in-person',
        findings: {
          condition: 'worse',
          hazards: ['gas'],
          wishes: `想换窗帘 ${name}`,
          note: `腿脚不便 ${name}`,
        },
        followUp: { text: `联系燃气公司 ${name}`, dueDay: '2026-04-01', ownerId: null },
      }),
    );
    await created(
      admin.put(`/residents/${residentId}/visit-plan`, { frequency: 'monthly', note: `同意 ${name}` }),
    );
    await created(
      admin.post(`/residents/${residentId}/absences`, {
        kind: 'away',
        from: new Date(clock.now() + 3_600_000).toISOString(),
        until: new Date(clock.now() + 90_000_000).toISOString(),
        note: `去儿子家 ${name}`,
      }),
    );
  }
  await created(
    manager.post('/visit-campaigns', {
      name: '寒潮关怀',
      kind: 'cold',
      organisationId: 'a',
      until: new Date(clock.now() + 90_000_000).toISOString(),
    }),
  );
  const supervisor = await api.as('supervisor-a');
  const answer = await supervisor.get('/residents/resident-a/export');
  text = answer.body;
  copy = answer.json<Copy>();
});
afterAll(() => world.api.close());

it('the copy of a resident holds their requests with what was done, visits with what was found, and what is owed', () => {
  expect(copy['requests']).toMatchObject([
    { kind: 'taxi', details: {}, note: '女儿陪同 a' },
    { timeline: [{ step: 'asked' }, { step: 'taken' }] },
  ]);
  expect(text).toMatch(/华山医院 a/);
  expect(text).toMatch(/区图书馆 a/);
  expect(copy['visits']).toMatchObject([
    {
      kind: 'in-person',
      findings: { condition: 'worse', hazards: ['gas'], wishes: '想换窗帘 a', note: '腿脚不便 a' },
      visitor: { displayName: 'Administrator' },
    },
  ]);
  expect(copy['visitFollowUps']).toMatchObject([{ text: '联系燃气公司 a', dueDay: '2026-04-01' }]);
  expect(copy['visitsOwed']).toMatchObject([{ cause: 'monthly', phase: 'done', from: expect.any(String) }]);
  expect(copy['visitPlan']).toEqual([{ frequency: 'monthly', note: '同意 a' }]);
  expect(copy['absences']).toMatchObject([{ kind: 'away', note: '去儿子家 a' }]);
  expect(copy['campaignCalls']).toMatchObject([{ name: '寒潮关怀', result: null, tries: 0 }]);
  expect(copy['dwelling']).toMatchObject([{ id: 'home-a' }]);
});

it('nothing of anybody else is in it', () => {
  expect(text).not.toMatch(/resident-b|home-b|女儿陪同 b|腿脚不便 b|燃气公司 b/);
});

it('whatever is kept by resident is in the copy, or it is known why not', async () => {
  const inCopy: Record<string, string> = {
    alarms: 'alarms',
    devices: 'devices',
    journal: 'journal',
    absences: 'absences',
    care_beds: 'careBeds',
    service_requests: 'requests',
    visits: 'visits',
    owed_visits: 'visitsOwed',
    visit_follow_ups: 'visitFollowUps',
    visit_plans: 'visitPlan',
    campaign_calls: 'campaignCalls',
    resident_rules: 'rules',
    drills: 'drills',
  };
  const notInCopy = {
    dead_letters: 'what the history did not take stands in the journal',
    erasures: 'of those of whom nothing is left',
    visit_looks: 'when the hub thinks of them next',
    detection_watches: 'worked out anew from the journal',
  };
  const { rows } = await sql<{ name: string }>`
    SELECT tables.name FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
    WHERE tables.type = 'table' AND columns.name = 'resident_id' ORDER BY 1`.execute(world.api.db);
  expect(rows.map(({ name }) => name)).toEqual(
    [...Object.keys(inCopy), ...Object.keys(notInCopy)].toSorted(),
  );
  for (const part of [...Object.values(inCopy), ...copyParts]) expect(copy).toHaveProperty(part);
});
