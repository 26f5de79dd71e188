import type { Report, StoredReport } from '@carebell/contracts/report.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { createMonthlyReads } from '../adapters/store/monthly-store.ts';
import { createReportReads } from '../adapters/store/report-reads.ts';
import { createRequestReads } from '../adapters/store/request-reads.ts';
import { createVisitReads } from '../adapters/store/visit-reads.ts';
import type { Channel, ChannelMessage, Receipt } from '../notification/channel.ts';
import { watchMonths } from './monthly-watch.ts';
import { openReportMail } from './report-mail.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;
const timeZone = 'Asia/Shanghai';
const user = { id: 'li', displayName: 'li' };

let api: ApiUnderTest;
let presses = 0;
beforeEach(async () => {
  api = await openApi();
  await enterCommunity(api);
});
afterEach(() => api.close());

async function answeredCase(station: string): Promise<string> {
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
  const alarms = api.db.selectFrom('alarms').select('id').orderBy('last_seq', 'desc');
  const { id: alarmId } = await alarms.executeTakeFirstOrThrow();
  await api.gate.commit('acknowledgeAlarm', { alarmId, user, takeOver: false });
  return alarmId;
}

/** The hub's own watch, as after a start. */
function started() {
  const reads = {
    report: createReportReads(api.db),
    monthly: createMonthlyReads(api.db),
    requests: createRequestReads(api.db),
    visits: createVisitReads(api.db),
  };
  const { gate, clock, directory } = api;
  const troubled = (_: string, error: unknown) => {
    throw error;
  };
  const watch = watchMonths({ gate, clock, directory, reads, timeZone, troubled });
  return {
    ...watch,
    /** After the hub has seen which visits were missed, as it does by itself within seconds. */
    async lookAfterVisits(): Promise<void> {
      while ((await gate.commit('lookAtVisits', { timeZone })) > 0);
      await watch.look();
    },
  };
}
const admin = async () => api.as('admin');
const stored = async (more = '', name = 'admin') =>
  (await (await api.as(name)).get(`/reports${more}`)).json<{ items: StoredReport[] }>().items;

describe('the report of a month', () => {
  it('is made when the month is over, for each organisation, and never changes', async () => {
    const alarmId = await answeredCase('a');
    const watch = started();
    await watch.lookAfterVisits();
    expect(await stored()).toEqual([]);
    api.clock.move(18 * dayMs);
    await watch.lookAfterVisits();
    expect(
      (await stored()).map(({ month, organisationId }) => `${month} ${organisationId}`).toSorted(),
    ).toEqual(['a', 'b', 'district', 'root', 'street'].map((id) => `2026-03 ${id}`));
    const path = '/reports/2026-03/a';
    const before = (await (await admin()).get(path)).body;
    expect(JSON.parse(before)).toMatchObject({ month: '2026-03', all: { cases: 1, open: 1 } });

    await api.gate.commit('closeAlarm', {
      alarmId,
      user,
      mayCloseForOthers: true,
      disposition: 'false-alarm',
      proof: 'voice-contact',
      note: '',
    });
    await watch.lookAfterVisits();
    expect((await (await admin()).get(path)).body).toBe(before);
    const recount = (await (await admin()).get('/report?month=2026-03&organisationId=a')).json<Report>();
    expect(recount.all).toMatchObject({ cases: 1, open: 0, falseAlarms: 1 });
    watch.stop();
  });

  it('is made up for by a hub that was off, and gone on with by one that ended in the middle', async () => {
    await answeredCase('a');
    api.clock.move(40 * dayMs);
    await api.gate.commit('storeMonthlyReport', {
      month: '2026-03',
      organisationId: 'a',
      report: JSON.stringify({ month: '2026-03' }),
      isLatest: true,
    });
    api.clock.move(20 * dayMs);
    const watch = started();
    await watch.lookAfterVisits();
    watch.stop();
    const months = (await stored('?organisationId=root')).map(({ month }) => month);
    expect(months).toEqual(['2026-04', '2026-03']);
    expect((await (await admin()).get('/reports/2026-03/root')).json<Report>().all.cases).toBe(1);
    expect((await (await admin()).get('/reports/2026-04/b')).json<Report>().all.cases).toBe(0);
  });

  it('waits until it is known which visits of the month were missed', async () => {
    await answeredCase('a');
    api.clock.move(20 * dayMs);
    const watch = started();
    await watch.look();
    expect(await stored()).toEqual([]);
    await watch.lookAfterVisits();
    watch.stop();
    expect(await stored()).toHaveLength(5);
  });

  it('is read and taken by those of that part of the organisation only', async () => {
    await answeredCase('a');
    api.clock.move(20 * dayMs);
    const watch = started();
    await watch.lookAfterVisits();
    watch.stop();
    const supervisor = await api.as('supervisor-a');
    expect((await stored('', 'supervisor-a')).map(({ organisationId }) => organisationId)).toEqual(['a']);
    for (const [id, status] of [
      ['a', 200],
      ['b', 404],
      ['street', 404],
      ['root', 404],
    ] as const) {
      for (const file of ['', '/report.csv', '/report.xlsx'])
        expect((await supervisor.get(`/reports/2026-03/${id}${file}`)).statusCode).toBe(status);
    }
    expect((await supervisor.get('/reports/2026-02/a')).statusCode).toBe(404);
    expect((await (await api.as('responder-a')).get('/reports/2026-03/a')).statusCode).toBe(403);
  });
});

describe('the mail about the reports of a month', () => {
  const sent: ChannelMessage[] = [];
  let receipt: Receipt;
  const channel: Channel = {
    send(message) {
      sent.push(message);
      return Promise.resolve(receipt);
    },
    probe: () => Promise.resolve(receipt),
  };
  const accepted: Receipt = { is: 'accepted', receiptId: '1', reportWithinMs: null, answer: '' };
  const failed = {
    is: 'refused',
    reason: 'unreachable',
    isWorthRetrying: true,
    isChannelsFault: true,
    answer: '',
  } as const;
  const mailer = () => {
    const { gate, clock } = api;
    return openReportMail({
      gate,
      clock,
      reads: createMonthlyReads(api.db),
      channelFor: () => Promise.resolve(channel),
      publicUrl: () => 'https://hub.example.org',
      locale: 'zh-CN',
      troubled: () => undefined,
    });
  };

  it('goes once to supervisors who want it, in their language, again while the server is down, and after a restart', async () => {
    sent.length = 0;
    const addresses = [{ kind: 'e-mail', address: 'gu@example.org' }];
    const supervisor = await api.as('supervisor-a');
    await supervisor.patch('/users/me/addresses', { addresses, wantsReports: true, locale: 'en' });
    await (await api.as('operator-a')).patch('/users/me/addresses', { addresses, wantsReports: true });
    await (await api.as('supervisor-b')).patch('/users/me/addresses', { addresses });
    await answeredCase('a');
    api.clock.move(20 * dayMs);
    const watch = started();
    await watch.lookAfterVisits();
    watch.stop();

    receipt = failed;
    const first = mailer();
    await first.look();
    await first.look();
    first.stop();
    expect(sent).toHaveLength(1);
    receipt = accepted;
    api.clock.move(minuteMs);
    const second = mailer();
    await second.look();
    api.clock.move(dayMs);
    await second.look();
    second.stop();
    expect(sent).toHaveLength(2);
    expect(sent[1]).toMatchObject({
      address: 'gu@example.org',
      title: 'Carebell: the report of 2026-03 is there',
      link: 'https://hub.example.org/numbers?month=2026-03',
    });
    const [row] = await api.db.selectFrom('report_mails').selectAll().execute();
    expect(row).toMatchObject({ attempts: 2, reason: null, due_at: null });
    expect(row?.sent_at).not.toBeNull();
  });
});
