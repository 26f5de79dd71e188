import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Report, StoredReport } from '@carebell/contracts/report.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { logIn } from '../api.ts';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { openFarMailServer, textOf } from '../far-mail-server.ts';
import { hastyClock } from '../hasty-clock.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectDevice } from '../virtual-party.ts';

/** Ten in the morning of the last day of April, in Shanghai. */
const begins = Date.parse('2026-04-30T02:00:00Z');
const dayMs = 86_400_000;

let hub: ScenarioHub;
let community: Community;
let far: Awaited<ReturnType<typeof openFarMailServer>>;
let aheadMs = begins - Date.now();

beforeAll(async () => {
  hub = await startHub({ clock: { ...hastyClock, now: () => Date.now() + aheadMs } });
  far = await openFarMailServer();
  community = await settle(hub);
  const { admin } = hub;
  await admin.create('/channels', {
    organisationId: community.district.id,
    kind: 'e-mail',
    name: '区邮件',
    settings: { host: '127.0.0.1', port: far.port, security: 'none', from: '安铃 <hub@example.org>' },
    secrets: {},
  });
  await admin.create('/users', {
    name: 'liu',
    displayName: '刘芳',
    role: 'supervisor',
    organisationId: community.district.id,
    password,
  });
});
afterAll(async () => {
  await hub.stop();
  await far.close();
});

describe('the report of a month', () => {
  it('is made when the month is over, mailed once to the supervisor who wants it, and does not change', async () => {
    const { operator, station } = community;
    const supervisor = await logIn(hub.url, 'liu', password);
    const wish = { addresses: [{ kind: 'e-mail', address: 'liu.fang@example.org' }], wantsReports: true };
    expect((await supervisor.patch('/users/me/addresses', wish)).status).toBe(200);

    const button = await connectDevice(hub, community.button);
    await button.send('button.pressed', { data: { key: 'help' } });
    const alarm = await vi.waitFor(async () => {
      const { body } = await operator.get<{ items: AlarmView[] }>('/alarms');
      expect(body.items).toHaveLength(1);
      return body.items[0]!;
    });
    expect((await operator.post(`/alarms/${alarm.id}/acknowledge`)).status).toBe(200);
    const close = { disposition: 'helped-by-phone', proof: 'voice-contact' };
    expect((await operator.post(`/alarms/${alarm.id}/close`, close)).status).toBe(200);
    await button.end();
    expect((await supervisor.get<{ items: StoredReport[] }>('/reports')).body.items).toEqual([]);

    // The clock jumps past the end of every session.
    aheadMs += dayMs;
    const nextDay = await logIn(hub.url, 'liu', password);
    const reports = await vi.waitFor(async () => {
      const { body } = await nextDay.get<{ items: StoredReport[] }>('/reports');
      expect(body.items).toHaveLength(4);
      return body.items;
    });
    expect(new Set(reports.map(({ month }) => month))).toEqual(new Set(['2026-04']));
    await vi.waitFor(() => expect(far.mails).toHaveLength(1));
    const [mail = ''] = far.mails;
    expect(mail).toContain('To: liu.fang@example.org');
    const text = textOf(mail);
    expect(text).toContain(`/numbers?month=2026-04`);
    expect(text).toContain('月报已生成');
    expect(text).not.toContain('王秀英');

    const path = `/reports/2026-04/${station.id}`;
    const { body: stored } = await nextDay.get<Report>(path);
    expect(JSON.stringify(stored)).toContain(station.id);
    const li = await logIn(hub.url, 'li', password);
    await li.post(`/alarms/${alarm.id}/notes`, { note: '次日家属来电致谢' });
    aheadMs += dayMs;
    await hub.restart();
    const again = await logIn(hub.url, 'liu', password);
    expect((await again.get<Report>(path)).body).toEqual(stored);
    const file = await fetch(`${hub.url}/api/v1${path}/report.csv`);
    expect(file.status).toBe(401);
    expect(far.mails).toHaveLength(1);
  });
});
