import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Gateway } from '@carebell/contracts/registry.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { MqttClient } from 'mqtt';
import { expect, it, vi } from 'vitest';
import { logIn } from '../api.ts';
import type { Api } from '../api.ts';
import { issueDevice, settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { hubProcess } from '../hub-process.ts';
import { connectTo } from '../virtual-party.ts';

const rounds = Number(process.env['CAREBELL_KILL_ROUNDS'] ?? 20);
const inFlight = 50;

/** What the devices were told is stored, kept apart from everything that the hub keeps. */
type Ledger = { acknowledged: Set<string>; presses: number };

/** Keeps `inFlight` QoS 1 events of a gateway's devices in flight, one in ten of them a press, and notes every PUBACK. */
function keepPublishing(client: MqttClient, deviceIds: readonly string[], ledger: Ledger): () => void {
  let isEnded = false;
  const next = (): void => {
    if (isEnded) return;
    const isPress = randomInt(10) === 0;
    const deviceId = deviceIds[randomInt(deviceIds.length)]!;
    const topic = buildTopic({ of: 'device', deviceId, kind: 'event' });
    const event = {
      id: randomUUID(),
      kind: isPress ? 'button.pressed' : 'door.opened',
      data: { key: 'help' },
    };
    client.publish(topic, JSON.stringify(event), { qos: 1 }, (error) => {
      // An error means that the client was closed before the PUBACK came; the device was told nothing.
      if (error) return;
      ledger.acknowledged.add(`${deviceId} ${event.id}`);
      if (isPress) ledger.presses += 1;
      setImmediate(next);
    });
  };
  for (let index = 0; index < inFlight; index += 1) next();
  return () => {
    isEnded = true;
  };
}

it(
  `kill -9 under load, ${rounds} times: no acknowledged event is lost, none is stored twice, every stored press is in an alarm`,
  { timeout: rounds * 20_000 },
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'carebell-kill-'));
    const hub = await hubProcess(dataDir);
    try {
      await hub.start();
      const admin = await logIn(hub.url, 'admin', hub.adminPassword);
      const community = await settle({ url: hub.url, admin });
      const gateways = await Promise.all([1, 2, 3].map(() => gatewayWithDevices(admin, community)));
      const clients = await Promise.all(
        gateways.map((gateway) => connectTo(hub, gateway, { reconnectPeriod: 50 })),
      );
      const ledger: Ledger = { acknowledged: new Set(), presses: 0 };
      const ends = clients.map((client, index) => keepPublishing(client, gateways[index]!.deviceIds, ledger));

      for (let round = 0; round < rounds; round += 1) {
        const before = ledger.acknowledged.size;
        const enough = before + randomInt(1, 1_500);
        await vi.waitFor(() => expect(ledger.acknowledged.size).toBeGreaterThan(enough), {
          timeout: 60_000,
          interval: 1,
        });
        await hub.kill();
        await hub.start();
      }
      for (const end of ends) end();
      await Promise.all(clients.map((client) => client.endAsync(true)));
      await hub.kill();
      verify(join(dataDir, 'carebell.db'), ledger, community);
    } finally {
      await hub.kill();
    }
    rmSync(dataDir, { recursive: true });
  },
);

async function gatewayWithDevices(
  admin: Api,
  { station, dwelling, resident }: Community,
): Promise<SignedIn & { deviceIds: string[] }> {
  const { gateway, secret } = await admin.create<{ gateway: Gateway; secret: string }>('/gateways', {
    stationId: station.id,
  });
  const home = { dwellingId: dwelling.id, residentId: resident.id, gatewayId: gateway.id };
  const deviceIds: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    deviceIds.push((await issueDevice(admin, { type: 'button', ...home })).id);
  }
  return { id: gateway.id, secret, deviceIds };
}

function verify(file: string, ledger: Ledger, community: Community): void {
  const db = new DatabaseSync(file);
  const stored = db
    .prepare(
      "SELECT device_id || ' ' || json_extract(body, '$.id') AS name, count(*) AS times FROM journal WHERE type = 'event' GROUP BY 1",
    )
    .all() as { name: string; times: number }[];
  const times = new Map(stored.map(({ name, times: count }) => [name, count]));
  const lost = [...ledger.acknowledged].filter((name) => !times.has(name));
  const doubled = stored.filter(({ times: count }) => count > 1);
  expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
  expect(ledger.presses).toBeGreaterThan(0);

  const alarms = db
    .prepare(
      "SELECT id, json_extract(state, '$.presses') AS presses FROM alarms WHERE resident_id = ? AND kind <> 'device-keeps-firing'",
    )
    .all(community.resident.id) as {
    id: string;
    presses: number;
  }[];
  const pressesOfAlarms = alarms.reduce((sum, alarm) => sum + alarm.presses, 0);
  const { presses } = db
    .prepare("SELECT count(*) AS presses FROM journal WHERE type = 'event' AND kind = 'button.pressed'")
    .get() as { presses: number };
  expect(pressesOfAlarms).toBe(presses);
  expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  db.close();
}
