import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, drivers } from '@carebell/gateway-firmware-bridge/compose.ts';
import type { Bridge } from '@carebell/gateway-firmware-bridge/compose.ts';
import { compose as composeSimulators } from '@carebell/simulators/compose.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { saidBy } from '../records.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { enterGateway } from '../virtual-gateway.ts';

/** A radio code that nobody entered says only that it was received. */
const kinds = /^(button\.pressed|fall\.detected|code\.received)$/;
/** What a driver cannot know by itself. */
const options: Record<string, Record<string, unknown>> = { 'modbus-rtu': { units: [{ id: 1 }] } };

const socat = serviceOrSkip('socat') ?? '';

describe.skipIf(socat === '')('one bridge with a port for every firmware', () => {
  let folder: string;
  let hub: ScenarioHub;
  let community: Community;
  let bridge: Bridge;
  const simulators = composeSimulators({ hubUrl: 'mqtt://127.0.0.1:9' });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'carebell-firmware-'));
    hub = await startHub();
    community = await settle(hub);
    const gateway = await enterGateway(hub, community.station.id);
    bridge = compose({
      hub: { url: `mqtt://127.0.0.1:${hub.mqttPort}`, gatewayId: gateway.id, secret: gateway.secret },
      ports: drivers.map(({ name }) => ({
        name,
        path: join(folder, name),
        driver: name,
        options: options[name] ?? {},
      })),
      dataDir: join(folder, 'data'),
      outbox: { maxBytes: 8 * 1024 * 1024 },
      logLevel: process.env['CAREBELL_TEST_LOG'] === 'info' ? 'info' : 'silent',
    });
    await bridge.start();
  });
  afterAll(async () => {
    await simulators.stop();
    await bridge.stop();
    await hub.stop();
    rmSync(folder, { recursive: true });
  });

  /** What the hub was told of devices that nobody entered, by device. */
  async function heard(): Promise<Map<string, string[]>> {
    const { body } = await hub.admin.get<{ items: Device[] }>('/devices?isRegistered=false&limit=500');
    const told = body.items.map(async ({ id }) => {
      const kinds = (await saidBy(hub.admin, id)).flatMap(({ type, kind }) =>
        type === 'event' ? [kind ?? ''] : [],
      );
      return [id, kinds] as const;
    });
    return new Map(await Promise.all(told));
  }

  it.each(drivers.map(({ name }, index) => ({ name, sender: index })))(
    'hears what happens before a board with $name',
    async ({ name, sender }) => {
      const board = simulators.gateway(name, { pty: join(folder, name) });
      await board.plugIn();
      await eventually(() => expect(bridge.health()).toMatchObject({ [`port.${name}.open`]: true }));
      const before = await heard();
      // The radar has no key to press.
      board.perform(name === 'mr60fda1' ? 'fall' : 'press', sender);
      await eventuallyTold(async () => {
        const fresh = [...(await heard())].filter(([id]) => !before.has(id));
        expect(fresh).toEqual([[expect.any(String), [expect.stringMatching(kinds)]]]);
      });
    },
  );
});
