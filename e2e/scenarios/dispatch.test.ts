import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { ChannelView } from '@carebell/contracts/channels.ts';
import type { CaseFile } from '@carebell/contracts/case-file.ts';
import type { DispatchPerson } from '@carebell/contracts/dispatch.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { openFarSmsGateway } from '../far-sms-gateway.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectDevice } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
let far: Awaited<ReturnType<typeof openFarSmsGateway>>;
beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
  far = await openFarSmsGateway();
  await hub.admin.create<ChannelView>('/channels', far.channel(community.district.id));
});
afterAll(async () => {
  await hub.stop();
  await far.close();
});

it('a link that was sent while the provider failed arrives after the hub was started anew, once', async () => {
  const button = await connectDevice(hub, community.button);
  await button.send('button.pressed', { data: { key: 'help' } });
  const alarmId = await eventually(async () => {
    const { body } = await community.operator.get<{ items: AlarmView[] }>('/alarms');
    expect(body.items).toHaveLength(1);
    return body.items[0]?.id ?? '';
  });
  await button.end();
  const path = `/alarms/${alarmId}`;
  await community.operator.post(`${path}/acknowledge`);
  const { body } = await community.operator.get<{ items: DispatchPerson[] }>(`${path}/responders`);
  const keyholder = body.items.find(({ hasKey }) => hasKey);
  far.fail(true);
  const sent = await community.operator.post(`${path}/dispatches`, { personId: keyholder?.id });
  expect(sent.status).toBe(200);
  await hub.restart();
  far.fail(false);
  const [message] = await eventually(() => {
    expect(far.messages).toHaveLength(1);
    return far.messages;
    // After several failures the next attempt comes up to 45 s later.
  });
  const link = /http\S+\/r\/[\w.-]+/.exec(message?.content ?? '')?.[0] ?? '';
  const page = await (await fetch(link.replace(/^http:\/\/[^/]+/, hub.url))).text();
  expect(page).toContain('王秀英');
  const file = await hub.admin.get<CaseFile>(`${path}/case-file`);
  expect(file.body.chain).toMatchObject({ holds: true });
}, 120_000);
