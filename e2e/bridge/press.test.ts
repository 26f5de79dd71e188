import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose } from '@carebell/gateway-firmware-bridge/compose.ts';
import type { Bridge } from '@carebell/gateway-firmware-bridge/compose.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { hastyClock } from '../hasty-clock.ts';
import { closeAlarm, openLookout } from '../lookout.ts';
import type { Lookout } from '../lookout.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { enterGateway } from '../virtual-gateway.ts';
import { cableAt } from './cable.ts';
import type { Cable } from './cable.ts';

const socat = serviceOrSkip('socat') ?? '';

describe.skipIf(socat === '')('a press on a radio button behind a serial port', () => {
  let folder: string;
  let hub: ScenarioHub;
  let community: Community;
  let lookout: Lookout;
  let gateway: SignedIn;
  let cable: Cable;
  let bridge: Bridge;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'carebell-bridge-'));
    hub = await startHub({ clock: hastyClock });
    community = await settle(hub);
    lookout = await openLookout(hub, community);
    gateway = await enterGateway(hub, community.station.id);
    cable = cableAt(socat, join(folder, 'rflink'));
    writeFileSync(
      join(folder, 'map.yaml'),
      'devices:\n  - id: pendant\n    heardAs: rf433.ev1527.7a410\n    type: button\n' +
        '    shownBy: { port: radio, address: rf433.newkaku.000005, signal: switch.2 }\n',
    );
    bridge = compose({
      hub: { url: `mqtt://127.0.0.1:${hub.mqttPort}`, gatewayId: gateway.id, secret: gateway.secret },
      ports: [{ name: 'radio', path: cable.path, driver: 'rflink', options: {} }],
      dataDir: join(folder, 'data'),
      deviceMapPath: join(folder, 'map.yaml'),
      outbox: { maxBytes: 8 * 1024 * 1024 },
      logLevel: process.env['CAREBELL_TEST_LOG'] === 'info' ? 'info' : 'silent',
    });
    await bridge.start();
    await cable.plugIn();
    await cable.untilTold('10;VERSION;');
  });
  afterAll(async () => {
    await bridge.stop();
    await cable.pullOut();
    lookout.close();
    await hub.stop();
    rmSync(folder, { recursive: true });
  });

  it('that nobody entered is an alarm of an unregistered device, once for all its repetitions', async () => {
    for (let repeat = 0; repeat < 5; repeat += 1) {
      cable.write(`20;0${repeat};SmokeAlert;ID=123456;SMOKEALERT=ON;\r\n`);
    }
    const alarm = await lookout.alarmOf('rf433.smokealert.123456');
    expect(alarm).toMatchObject({ kind: 'smoke', presses: 1, isDeviceRegistered: false });
    await closeAlarm(hub, alarm.id);
  });

  it('is an alarm of its resident, and the reassurance goes down the wire and is confirmed', async () => {
    await community.installer.create<{ device: Device }>('/devices', {
      id: 'pendant',
      type: 'button',
      gatewayId: gateway.id,
      residentId: community.resident.id,
    });
    cable.write('20;2D;EV1527;ID=07a410;SWITCH=04;CMD=ON;\r\n');
    cable.write('20;2E;EV1527;ID=07a410;SWITCH=04;CMD=ON;\r\n');
    const alarm = await lookout.alarmOf('pendant');
    expect(alarm).toMatchObject({ kind: 'help', presses: 1, residentName: '王秀英' });
    await cable.untilTold('10;NewKaku;0000005;2;ON;\r\n');
    cable.write('20;2F;OK;\r\n');
    await eventuallyTold(async () => {
      const { body } = await hub.admin.get<AlarmDetail>(`/alarms/${alarm.id}`);
      const shown = body.timeline.filter(({ step }) => step === 'reassurance-shown');
      expect(shown).toMatchObject([{ state: 'received', deviceId: 'pendant' }]);
    });
    await closeAlarm(hub, alarm.id);
    await eventually(() =>
      expect(bridge.health()).toMatchObject({ queueLength: 0, 'port.radio.open': true }),
    );
  });

  it('is heard again as soon as the cable that was pulled out is plugged in', async () => {
    await cable.pullOut();
    await eventually(() => expect(bridge.health()).toMatchObject({ 'port.radio.open': false }));
    await cable.plugIn();
    await eventually(() => expect(bridge.health()).toMatchObject({ 'port.radio.open': true }));
    cable.write('20;30;SmokeAlert;ID=777777;SMOKEALERT=ON;\r\n');
    await closeAlarm(hub, (await lookout.alarmOf('rf433.smokealert.777777')).id);
  });

  it('on a device that nothing can show a command to is answered by a reason, not by silence', async () => {
    cable.write('20;32;SmokeAlert;ID=654321;SMOKEALERT=ON;\r\n');
    const alarm = await lookout.alarmOf('rf433.smokealert.654321');
    await eventuallyTold(async () => {
      const { body } = await hub.admin.get<AlarmDetail>(`/alarms/${alarm.id}`);
      const failed = body.timeline.filter(({ step }) => step === 'reassurance-failed');
      expect(failed).toMatchObject([{ reason: 'not-supported' }]);
    });
    await closeAlarm(hub, alarm.id);
  });
});
