import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose } from '@carebell/gateway-firmware-bridge/compose.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { expect, it } from 'vitest';
import { settle } from '../community.ts';
import { eventuallyTold } from '../eventually.ts';
import { hastyClock } from '../hasty-clock.ts';
import { startHub } from '../scenario-hub.ts';
import { connectGateway, enterGateway } from '../virtual-gateway.ts';

/** The real time, in which nothing is waited for longer than a second. */
const clock = {
  ...hastyClock,
  sinceBoot: () => Math.round(performance.now()),
  bootId: 'this one',
  after: (delayMs: number, action: () => void) => hastyClock.after(Math.min(delayMs, 1_000), action),
};

it('a radar that was online when the bridge was killed is offline when it starts without the radar', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carebell-missing-port-'));
  const hub = await startHub({ clock: hastyClock });
  const community = await settle(hub);
  const gateway = await enterGateway(hub, community.station.id);
  const radar = `${gateway.id}.bath.radar`;
  await community.installer.create<{ device: Device }>('/devices', {
    id: radar,
    type: 'fall-detector',
    gatewayId: gateway.id,
    residentId: community.resident.id,
  });
  const says = (availability: string) =>
    eventuallyTold(async () => {
      const { body } = await hub.admin.get<{ device: Device }>(`/devices/${radar}`);
      expect(body).toMatchObject({ availability });
    });
  const killed = await connectGateway(hub, gateway);
  await killed.announce(radar, 'online');
  await says('online');
  killed.client.end(true);
  killed.client.stream.destroy();

  const bridge = compose(
    {
      hub: { url: `mqtt://127.0.0.1:${hub.mqttPort}`, gatewayId: gateway.id, secret: gateway.secret },
      ports: [{ name: 'bath', path: join(folder, 'not-there'), driver: 'mr60fda1', options: {} }],
      dataDir: join(folder, 'data'),
      outbox: { maxBytes: 8 * 1024 * 1024 },
      logLevel: 'silent',
    },
    { clock },
  );
  await bridge.start();
  await says('offline');
  await bridge.stop();
  await hub.stop();
  rmSync(folder, { recursive: true });
});
