import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { MissedAlarm } from '@carebell/contracts/review.ts';
import { roles } from '@carebell/contracts/roles.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { createCaseLogReads } from '../adapters/store/case-log-reads.ts';
import { verifyCase } from '../audit/case-log.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;

type Page = { items: MissedAlarm[]; cursor: string | null };

const minuteMs = 60_000;
const user = { id: 'li', displayName: 'li' };
let api: ApiUnderTest;
let supervisor: Caller;
let presses = 0;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  supervisor = await api.as('supervisor-a');
});
afterAll(() => api.close());

/** An alarm that nobody answers in time, then closed if it is to be. */
async function miss(station: string, isClosed: boolean): Promise<string> {
  presses += 1;
  const origin = {
    deviceId: `button-${station}`,
    residentId: `resident-${station}`,
    stationId: station,
    gatewayId: null,
    isKnown: true,
    receivedAtMs: api.clock.now(),
  };
  const event = { id: `press-${presses}`, kind: 'button.pressed', data: { key: 'help' } };
  await api.gate.commit('receiveEvent', { event, origin });
  const row = await api.db
    .selectFrom('alarms')
    .select('id')
    .where('station_id', '=', station)
    .orderBy('last_seq', 'desc')
    .executeTakeFirstOrThrow();
  api.clock.move(2 * minuteMs);
  await api.gate.commit('passDeadlines', null);
  if (!isClosed) return row.id;
  await api.gate.commit('acknowledgeAlarm', { alarmId: row.id, user, takeOver: false });
  await api.gate.commit('closeAlarm', {
    alarmId: row.id,
    user,
    mayCloseForOthers: true,
    disposition: 'helped-by-phone',
    proof: 'voice-contact',
    note: '',
  } as never);
  return row.id;
}
const idsOf = async (state: string, caller = supervisor, more = ''): Promise<string[]> =>
  (await caller.get(`/misses?state=${state}${more}`))
    .json<{ items: MissedAlarm[] }>()
    .items.map(({ alarm }) => alarm.id);
const review = (id: string, note = '换班时漏看', caller = supervisor) =>
  caller.post(`/alarms/${id}/review`, { note });

describe('the queue of missed deadlines', () => {
  it('goes from open to waiting to reviewed, and keeps what was found', async () => {
    const closed = await miss('a', true);
    expect(await idsOf('waiting')).toEqual([closed]);
    expect((await review(closed)).statusCode).toBe(204);
    const { items } = (await supervisor.get('/misses?state=reviewed')).json<{ items: MissedAlarm[] }>();
    expect(items).toMatchObject([
      { alarm: { id: closed }, review: { note: '换班时漏看', by: { displayName: 'supervisor-a' } } },
    ]);
    expect((await review(closed, 'another')).json()).toMatchObject({ code: 'already-reviewed' });

    const open = await miss('a', false);
    expect(await idsOf('open')).toEqual([open]);
    expect((await review(open)).json()).toMatchObject({ code: 'not-closed' });
    expect(await idsOf('waiting')).toEqual([]);
    const journal = await api.db
      .selectFrom('journal')
      .select(['type', 'body'])
      .where('kind', '=', 'miss-reviewed')
      .execute();
    const bodyOf = (type: string) =>
      journal.filter((line) => line.type === type).map(({ body }) => JSON.parse(body) as unknown);
    expect(bodyOf('registry')).toHaveLength(1);
    expect(JSON.stringify(bodyOf('registry'))).not.toContain('换班');
    // What was found is a link of the case's chain: nobody changes it unseen.
    expect(bodyOf('alarm')).toEqual([
      {
        step: 'miss-reviewed',
        user: { id: expect.any(String), displayName: 'supervisor-a' },
        missed: [{ deadline: 'answered', reason: 'not-displayed' }],
        note: '换班时漏看',
      },
    ]);
    const log = await createCaseLogReads(api.db).caseLog(closed);
    expect(verifyCase(log!)).toMatchObject({ holds: true });
    const { timeline } = (await supervisor.get(`/alarms/${closed}`)).json<AlarmDetail>();
    expect(timeline.at(-1)).toMatchObject({ step: 'miss-reviewed', note: '换班时漏看' });
    const masked = (await (await api.as('auditor-a')).get(`/alarms/${closed}`)).json<AlarmDetail>();
    expect(masked.timeline.at(-1)).toMatchObject({ step: 'miss-reviewed', note: '***' });
  });

  it('is paged without a gap or a repeat', async () => {
    const ids: string[] = [];
    await api.gate.commit('closeAlarm', {
      alarmId: (await idsOf('open'))[0] ?? '',
      user,
      mayCloseForOthers: true,
      disposition: 'helped-by-phone',
      proof: 'voice-contact',
      note: '',
    } as never);
    for (let count = 0; count < 5; count += 1) ids.push(await miss('b', true));
    const admin = await api.as('admin');
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = (
        await admin.get(`/misses?state=waiting&limit=2${cursor && `&cursor=${cursor}`}`)
      ).json<Page>();
      seen.push(...page.items.map(({ alarm }) => alarm.id));
      ({ cursor } = page);
    }
    expect(seen.filter((id) => ids.includes(id))).toEqual(ids.toReversed());
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('shows each supervisor their own part, and lets nobody else review', async () => {
    const [foreign = ''] = await idsOf('waiting', await api.as('admin'));
    expect(await idsOf('waiting')).not.toContain(foreign);
    expect((await review(foreign)).statusCode).toBe(404);
    for (const role of roles) {
      const status = (await review(foreign, 'x', await api.as(`${role}-b`))).statusCode;
      const isManager = !['operator', 'responder', 'installer', 'auditor'].includes(role);
      expect([role, status === 403]).toEqual([role, !isManager]);
    }
    expect((await review('nothing')).statusCode).toBe(404);
    expect((await review(foreign, ' ')).statusCode).toBe(400);
  });
});
