import type { Adopted, UnknownDevice } from '@carebell/contracts/unknown-devices.ts';
import { unknownAtMost } from '@carebell/contracts/unknown-limits.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logInAgain, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { openLookout } from '../lookout.ts';
import type { Lookout } from '../lookout.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectGateway, enterGateway } from '../virtual-gateway.ts';
import type { VirtualGateway } from '../virtual-gateway.ts';
import type { SignedIn } from '../community.ts';

const help = { data: { key: 'help', signal: 'key.4', rssi: -60 } };

describe('devices that nobody has entered, behind real gateways', () => {
  let hub: ScenarioHub;
  let community: Community;
  let lookout: Lookout;
  let account: SignedIn;
  let gateway: VirtualGateway;

  beforeAll(async () => {
    hub = await startHub();
    community = await settle(hub);
    lookout = await openLookout(hub, community);
    account = await enterGateway(hub, community.station.id);
    gateway = await connectGateway(hub, account);
  });
  afterAll(async () => {
    await gateway.end();
    lookout.close();
    await hub.stop();
  });

  const listed = async (query = '') =>
    (await community.installer.get<{ items: UnknownDevice[] }>(`/unknown-devices?limit=500&${query}`)).body
      .items;

  it('are listed for each gateway as it hears them, and on both sides of a restart', async () => {
    const other = await enterGateway(hub, community.station.id);
    const second = await connectGateway(hub, other);
    await gateway.send('rf433.ev1527.0000a', 'code.received', { data: { signal: 'key.2', rssi: -80 } });
    await second.send('rf433.ev1527.0000a', 'code.received', { data: { signal: 'key.2', rssi: -55 } });
    const heard = async () =>
      (await listed()).map(({ gatewayId, code, rssi, times }) => ({ gatewayId, code, rssi, times }));
    const both = [
      { gatewayId: other.id, code: 'rf433.ev1527.0000a', rssi: -55, times: 1 },
      { gatewayId: account.id, code: 'rf433.ev1527.0000a', rssi: -80, times: 1 },
    ];
    expect(await heard()).toEqual(both);
    await second.end();

    await gateway.end();
    lookout.close();
    await hub.restart();
    community = {
      ...community,
      installer: await logInAgain(hub, 'zhao'),
      operator: await logInAgain(hub, 'li'),
    };
    lookout = await openLookout(hub, community);
    gateway = await connectGateway(hub, account);
    expect(await heard()).toEqual(both);
  });

  it('are an alarm when they call for help, which has its resident as soon as somebody enters the device', async () => {
    await gateway.send('rf433.x10.b7', 'button.pressed', help);
    const alarm = await lookout.alarmOf('rf433.x10.b7');
    expect(alarm).toMatchObject({ residentName: null, heardAt: { gatewayId: account.id } });
    const { body } = await community.installer.post<Adopted>('/unknown-devices/adoption', {
      gatewayId: account.id,
      code: 'rf433.x10.b7',
      type: 'button',
      dwellingId: community.dwelling.id,
    });
    expect(body.alarmIds).toEqual([alarm.id]);
    await eventually(() =>
      expect(lookout.screen.alarms.get(alarm.id)).toMatchObject({
        residentName: '王秀英',
        address: community.dwelling.address,
        isDeviceRegistered: true,
      }),
    );
    // The gateway is told at once what it hears now.
    await eventually(() => expect(gateway.lists.at(-1)?.map(({ id }) => id)).toContain('rf433.x10.b7'));
    await gateway.send('rf433.x10.b7', 'button.pressed', help);
    await eventually(() => expect(lookout.screen.alarms.get(alarm.id)?.presses).toBe(2));
  });

  it('are no more than a gateway has places for, and a press amid radio noise is an alarm all the same', async () => {
    const codes = Array.from({ length: unknownAtMost + 40 }, (_, code) => `rf433.noise.${code}`);
    for (const code of codes) {
      await gateway.send(code, 'code.received', { data: { signal: 'key.1' } });
    }
    await gateway.send('rf433.x10.c1', 'button.pressed', help);
    expect(await lookout.alarmOf('rf433.x10.c1')).toMatchObject({ isDeviceRegistered: false });
    const all = await listed(`gatewayId=${account.id}`);
    expect(all).toHaveLength(unknownAtMost);
    expect(all[0]?.code).toBe('rf433.x10.c1');
  });
});
