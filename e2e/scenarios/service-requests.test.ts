import { createHmac } from 'node:crypto';
import type { ChannelView } from '@carebell/contracts/channels.ts';
import type { RequestDetail, RequestPage, ServiceRequest } from '@carebell/contracts/service-requests.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { logInAgain, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { openFarWebhook } from '../far-webhook.ts';
import { createLeapingClock } from '../leaping-clock.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';

const signing = 'a secret of the two';

const clock = createLeapingClock(Date.UTC(2026, 10, 22, 1));
let hub: ScenarioHub;
let community: Community;
let far: Awaited<ReturnType<typeof openFarWebhook>>;
let button: VirtualDevice;

beforeAll(async () => {
  hub = await startHub({ clock });
  community = await settle(hub);
  far = await openFarWebhook();
  button = await connectDevice(hub, community.button);
  const { id } = await hub.admin.create<ChannelView>('/channels', {
    organisationId: community.street.id,
    kind: 'webhook',
    name: '出租车平台',
    settings: { url: far.url },
    secrets: { signing },
  });
  await hub.admin.put(`/organisations/${community.street.id}/services`, {
    services: [
      {
        kind: 'taxi',
        name: { 'zh-CN': '叫车', en: 'Taxi' },
        fields: [{ key: 'destination', label: { 'zh-CN': '去哪里', en: 'Where to' } }],
        providers: [
          { id: 'cab', name: '申城出租', addresses: [{ kind: 'webhook', address: '', channelId: id }] },
        ],
        limits: { takenMs: 300_000, arrangedMs: 1_200_000, doneMs: 7_200_000, answerMs: 600_000 },
      },
    ],
  });
});
afterAll(async () => {
  await hub.stop();
  await far.close();
  clock.stop();
});

const detail = async (id: string) => (await community.operator.get<RequestDetail>(`/requests/${id}`)).body;
const act = (id: string, path: string, body: object = {}) =>
  community.operator.create<ServiceRequest>(`/requests/${id}/${path}`, body);

async function asked(): Promise<ServiceRequest> {
  await button.send('button.pressed', { data: { key: 'taxi' } });
  return vi.waitFor(async () => {
    const { items } = (await community.operator.get<RequestPage>('/requests?view=new')).body;
    expect(items).toHaveLength(1);
    return items[0]!;
  });
}

async function offered(id: string) {
  const { offer } = await act(id, 'offer', { providerId: 'cab' });
  return vi.waitFor(() => {
    const message = far.messages.find((one) => one.id === offer?.id);
    expect(message).toBeDefined();
    return message!;
  });
}

const look = async (link: string) => {
  const answer = await fetch(link, { headers: { 'accept-language': 'zh-CN' } });
  return { status: answer.status, page: await answer.text() };
};
const press = (link: string, said: Record<string, string>) =>
  fetch(link, { method: 'POST', body: new URLSearchParams(said), redirect: 'manual' });

function report(body: object, { secret = signing, atMs = clock.now() } = {}) {
  const text = JSON.stringify(body);
  const signature = createHmac('sha256', secret).update(`${atMs}.${text}`).digest('hex');
  return fetch(`${hub.url}/api/v1/provider-reports`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'carebell-timestamp': String(atMs),
      'carebell-signature': `v1=${signature}`,
    },
    body: text,
  });
}

describe('a provider with a link', () => {
  it('accepts and only then sees for whom it is; the resident is told on the device', async () => {
    const { id } = await asked();
    await vi.waitFor(() => expect(button.told).toContain('received'));
    await act(id, 'take');
    await vi.waitFor(() => expect(button.told).toContain('answered'));
    await community.operator.patch(`/requests/${id}`, { details: { destination: '华山医院' } });
    const { link, text } = await offered(id);
    expect(text).toContain('叫车');
    expect(text).not.toContain('王秀英');
    const fresh = await look(link ?? '');
    expect(fresh.page).toContain('华山医院');
    expect(fresh.page).not.toMatch(/王秀英|13900000502|502室/);
    expect((await press(link ?? '', { report: 'accepted', at: '2026-11-22T18:30' })).status).toBe(303);
    expect((await look(link ?? '')).page).toMatch(/王秀英[\s\S]*502室/);
    expect(await detail(id)).toMatchObject({
      phase: 'arranged',
      arranged: { provider: { id: 'cab' }, for: '2026-11-22T10:30:00.000Z' },
    });
    await vi.waitFor(() => expect(button.told).toContain('closed'));
    await press(link ?? '', { report: 'done' });
    await vi.waitFor(async () => {
      const { phase, timeline, told } = await detail(id);
      expect({ phase, told: told?.state }).toEqual({ phase: 'done', told: 'closed' });
      const steps = timeline.map(({ step }) => step);
      expect(steps).toEqual(
        expect.arrayContaining(['notification-queued', 'notification-delivered', 'arranged', 'done']),
      );
    });
    expect((await look(link ?? '')).page).toContain('已结束');
  });

  it('who refuses is asked no more, and the next offer is another link', async () => {
    const { id } = await asked();
    await act(id, 'take');
    const { link } = await offered(id);
    await press(link ?? '', { report: 'refused', reason: 'no-capacity' });
    expect(await detail(id)).toMatchObject({ phase: 'taken', offer: null });
    const again = await offered(id);
    expect(again.link).not.toBe(link);
    await act(id, 'cancel', { reason: 'resident-withdrew' });
    expect((await look(again.link ?? '')).status).toBe(404);
    expect((await look(`${hub.url}/r/${again.link?.split('/').at(-1)}`)).status).toBe(404);
  });
});

describe('a provider with a program of its own', () => {
  it('answers the webhook with the same secret, and is told for whom it is', async () => {
    const { id } = await asked();
    await act(id, 'take');
    const message = await offered(id);
    expect(message).toMatchObject({ request: { id, kind: 'taxi' } });
    const accepted = await report({ id: message.id, report: 'accepted', note: '沪A12345' });
    expect(await accepted.json()).toMatchObject({
      requestId: id,
      phase: 'arranged',
      resident: { name: '王秀英', address: '安宁路100弄3号楼502室' },
    });
    expect((await report({ id: message.id, report: 'done' })).status).toBe(200);
    expect((await report({ id: message.id, report: 'done' })).status).toBe(409);
    expect((await detail(id)).timeline.find(({ step }) => step === 'done')).toMatchObject({ way: 'webhook' });
  });

  it('is not believed with another secret, an old signature or a foreign message', async () => {
    const { id } = await asked();
    await act(id, 'take');
    const message = await offered(id);
    const said = { id: message.id, report: 'accepted' };
    expect((await report(said, { secret: 'somebody else knows' })).status).toBe(401);
    expect((await report(said, { atMs: clock.now() - 400_000 })).status).toBe(401);
    expect((await report({ ...said, id: 'none' })).status).toBe(401);
    expect(await detail(id)).toMatchObject({ phase: 'taken' });
    await act(id, 'refuse', { reason: 'no-provider' });
    expect((await report(said)).status).toBe(409);
  });
});

describe('a clock of a request', () => {
  it('runs on while the hub is down', async () => {
    const { id, due } = await asked();
    expect(due?.what).toBe('taken');
    await button.end();
    await hub.restart();
    community = { ...community, operator: await logInAgain(hub, 'li') };
    expect((await detail(id)).due).toEqual(due);
    clock.leap(301_000);
    await vi.waitFor(async () =>
      expect(await detail(id)).toMatchObject({ missed: ['taken'], isWithStreet: true }),
    );
  });
});
