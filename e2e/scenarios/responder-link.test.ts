import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { ChannelView } from '@carebell/contracts/channels.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { openFarWebhook } from '../far-webhook.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
let far: Awaited<ReturnType<typeof openFarWebhook>>;
let button: VirtualDevice;
let channel: ChannelView;

beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
  far = await openFarWebhook();
  button = await connectDevice(hub, community.button);
  channel = await hub.admin.create<ChannelView>('/channels', {
    organisationId: community.street.id,
    kind: 'webhook',
    name: '街道平台',
    settings: { url: far.url },
    secrets: { signing: 'a secret of the two' },
  });
});
afterAll(async () => {
  await button.end();
  await hub.stop();
  await far.close();
});

async function raised(): Promise<AlarmView> {
  await button.send('button.pressed', { data: { key: 'help' } });
  return vi.waitFor(async () => {
    const { body } = await community.operator.get<{ items: AlarmView[] }>('/alarms');
    expect(body.items).toHaveLength(1);
    return body.items[0]!;
  });
}

async function told(alarmId: string, displayName: string, isResponder = true) {
  const { notificationId } = await community.operator.create<{ notificationId: string }>(
    `/alarms/${alarmId}/notifications`,
    { recipient: { displayName, isResponder }, channels: [{ kind: 'webhook', address: '' }] },
  );
  const message = await vi.waitFor(() => {
    const mine = far.messages.find(({ id }) => id === notificationId);
    expect(mine).toBeDefined();
    return mine!;
  });
  return { notificationId, message, link: message.link ?? '' };
}

const look = async (link: string) => {
  const answer = await fetch(link, { headers: { 'accept-language': 'zh-CN' } });
  return { status: answer.status, page: await answer.text() };
};
const press = (link: string, report: string) =>
  fetch(link, { method: 'POST', body: new URLSearchParams({ report }), redirect: 'manual' });
const detail = async (id: string) => (await community.operator.get<AlarmDetail>(`/alarms/${id}`)).body;

describe('a responder with a link', () => {
  it('sees how to get in after taking it, tells the resident that help is coming, and nothing after the close', async () => {
    const alarm = await raised();
    const { message, link, notificationId } = await told(alarm.id, '李阿姨');
    expect(message.text).toContain('安宁路100弄3号楼502室');
    const fresh = await look(link);
    expect(fresh.page).toContain('王秀英');
    expect(fresh.page).not.toContain('201室');
    expect(fresh.page).not.toContain('13900000502');
    expect(Buffer.byteLength(fresh.page)).toBeLessThan(30 * 1024);

    expect((await press(link, 'taken')).status).toBe(303);
    expect((await look(link)).page).toContain('钥匙在201室李阿姨处');
    await press(link, 'on-the-way');
    await press(link, 'on-the-way');
    await press(link, 'dance');
    await vi.waitFor(() => expect(button.told).toContain('on-the-way'));
    await press(link, 'on-site');
    const { timeline, responders } = await detail(alarm.id);
    expect(responders).toMatchObject([{ displayName: '李阿姨', report: 'on-site' }]);
    const said = timeline.flatMap((entry) => (entry.step === 'responder-reported' ? [entry.report] : []));
    expect(said).toEqual(['taken', 'on-the-way', 'on-site']);
    const steps = timeline.map(({ step }) => step);
    expect(steps).toContain('notification-queued');
    expect(steps).toContain('notification-delivered');

    const other = await told(alarm.id, '王丽', false);
    expect(other.link).toBe('');
    expect(other.message.text).not.toContain('502室');

    const { operator } = community;
    await operator.post(`/alarms/${alarm.id}/acknowledge`);
    await operator.post(`/alarms/${alarm.id}/close`, { disposition: 'helped-on-site' });
    const closed = await look(link);
    expect(closed.page).toContain('报警已结案');
    expect(closed.page).not.toContain('201室');
    await press(link, 'done');
    expect((await detail(alarm.id)).phase).toBe('closed');
    expect((await operator.delete(`/alarms/${alarm.id}/notifications/${notificationId}/link`)).status).toBe(
      204,
    );
    expect((await look(link)).status).toBe(404);
  });

  it('that is wrong, changed or revoked is told so plainly, and counted', async () => {
    const alarm = await raised();
    const { link, notificationId } = await told(alarm.id, '李阿姨');
    const wrong = [
      `${link}x`,
      link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      `${hub.url}/r/nonsense`,
    ];
    for (const tried of wrong) {
      const answer = await look(tried);
      expect(answer.status).toBe(404);
      expect(answer.page).toContain('链接无效');
      expect((await press(tried, 'taken')).status).toBe(404);
    }
    const { otherOperator, operator } = community;
    const path = `/alarms/${alarm.id}/notifications/${notificationId}/link`;
    expect((await otherOperator.delete(path)).status).toBe(404);
    expect((await operator.delete(path)).status).toBe(204);
    expect((await look(link)).status).toBe(404);
    expect((await press(link, 'taken')).status).toBe(404);
    await vi.waitFor(async () => {
      const { body } = await hub.admin.get<{ items: { reason: string }[] }>('/refusals');
      const reasons = body.items.map(({ reason }) => reason);
      expect(reasons).toEqual(expect.arrayContaining(['responder-link-revoked', 'responder-link-wrong']));
    });
  });

  it('still works after the hub was started again, and what a dead webhook did not take goes out then', async () => {
    const alarm = await raised();
    const { link } = await told(alarm.id, '张师傅');
    far.fail(true);
    const path = `/alarms/${alarm.id}/notifications`;
    const { notificationId } = await community.operator.create<{ notificationId: string }>(path, {
      recipient: { displayName: '赵师傅' },
      channels: [{ kind: 'webhook', address: '', channelId: channel.id }],
    });
    await vi.waitFor(async () => {
      const { timeline } = await detail(alarm.id);
      const failed = timeline.filter(({ step }) => step === 'notification-failed');
      expect(failed).toMatchObject([{ notificationId, reason: 'server-failed', next: 'again' }]);
    });
    far.fail(false);
    const oldUrl = hub.url;
    await hub.restart();
    await vi.waitFor(() => expect(far.messages.map(({ id }) => id)).toContain(notificationId));
    expect((await look(link.replace(oldUrl, hub.url))).status).toBe(200);
  });
});
