import type { ChannelView } from '@carebell/contracts/channels.ts';
import type { RequestPage, ServiceRequest } from '@carebell/contracts/service-requests.ts';
import type { Browser } from 'playwright-core';
import { logIn } from '../api.ts';
import type { Api } from '../api.ts';
import { password } from '../community.ts';
import type { openFarSmsGateway } from '../far-sms-gateway.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { keep, openCamera, phone } from './camera.ts';
import { whenThere } from './when-there.ts';

export type FarSmsGateway = Awaited<ReturnType<typeof openFarSmsGateway>>;

const minuteMs = 60_000;

/** A district whose taxis come from a company that is asked by short message. */
export async function offerTaxi(
  admin: Api,
  { districtId, messages }: { districtId: string; messages: FarSmsGateway },
): Promise<void> {
  const { id: channelId } = await admin.create<ChannelView>('/channels', messages.channel(districtId));
  const cab = {
    id: 'cab',
    name: '申城助老车队',
    phone: '021 5550 0201',
    addresses: [{ kind: 'sms', address: '13900005201', channelId }],
  };
  await admin.put(`/organisations/${districtId}/services`, {
    services: [
      {
        kind: 'taxi',
        name: { 'zh-CN': '叫车', en: 'Taxi' },
        price: '打表计价',
        subsidy: '就医往返每月补贴 4 次，每次 10 元',
        fields: [
          { key: 'destination', label: { 'zh-CN': '去哪里', en: 'Where to' }, isRequired: true },
          { key: 'aid', label: { 'zh-CN': '轮椅或助行器', en: 'Wheelchair or walking aid' } },
        ],
        providers: [cab],
        limits: {
          takenMs: 5 * minuteMs,
          arrangedMs: 20 * minuteMs,
          doneMs: 120 * minuteMs,
          answerMs: 10 * minuteMs,
        },
      },
    ],
  });
}

/** What the company's phone shows of the taxi that was asked for, and what stands on the request meanwhile. */
export async function takeProviderPage(
  browser: Browser,
  hub: ScenarioHub,
  { messages, alarmId }: { messages: FarSmsGateway; alarmId: string },
): Promise<void> {
  const operator = await logIn(hub.url, 'chen.min', password);
  const request = await whenThere(async () => {
    const { items } = (await operator.get<RequestPage>('/requests?view=all')).body;
    return items.find((one) => one.alarmId === alarmId && one.owner !== null);
  });
  const path = `/requests/${request.id}`;
  await operator.patch(path, { details: { destination: '区中心医院', aid: '带轮椅' } });
  await operator.create<ServiceRequest>(`${path}/offer`, { providerId: 'cab' });
  const link = await whenThere(async () =>
    messages.messages.map(({ content }) => /https?:\S+\/p\/[\w.-]+/.exec(content)?.[0]).find(Boolean),
  );
  const context = await browser.newContext({ ...phone, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  await page.goto(link);
  keep('provider-phone', await page.screenshot());
  await context.close();
  const camera = await openCamera(browser, hub.url, { name: 'chen.min', password });
  await camera.take('request', { path, ready: '[data-testid="request-timeline"]' });
  await camera.close();
}
