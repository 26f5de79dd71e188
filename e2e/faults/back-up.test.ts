import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Gateway } from '@carebell/contracts/registry.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { MqttClient } from 'mqtt';
import { expect, it, vi } from 'vitest';
import { logIn } from '../api.ts';
import { issueDevice, settle } from '../community.ts';
import { hubProcess } from '../hub-process.ts';
import { connectTo } from '../virtual-party.ts';

const inFlight = 50;
/** Without a back-up beside it a press is answered within some tens of milliseconds; ten seconds and a device repeats it. */
const longestAnswerMs = 2_000;

const backUpMain = fileURLToPath(new URL('../../server/back-up/main.ts', import.meta.url));
const restoreMain = fileURLToPath(new URL('../../server/restore/main.ts', import.meta.url));
const run = (main: string, words: string[], dataDir: string) =>
  promisify(execFile)(process.execPath, [main, ...words], {
    env: { PATH: process.env['PATH'], CAREBELL_DATA_DIR: dataDir },
  });

type Ledger = { acknowledged: Set<string>; slowestMs: number };

function keepPublishing(client: MqttClient, deviceId: string, ledger: Ledger): () => void {
  let isEnded = false;
  const next = (): void => {
    if (isEnded) return;
    const event = { id: randomUUID(), kind: 'door.opened' };
    const sentAtMs = performance.now();
    client.publish(
      buildTopic({ of: 'device', deviceId, kind: 'event' }),
      JSON.stringify(event),
      { qos: 1 },
      (error) => {
        if (error) return;
        ledger.acknowledged.add(event.id);
        ledger.slowestMs = Math.max(ledger.slowestMs, performance.now() - sentAtMs);
        setImmediate(next);
      },
    );
  };
  for (let index = 0; index < inFlight; index += 1) next();
  return () => {
    isEnded = true;
  };
}

it(
  'a hub under load is backed up and restored: all that was acknowledged before is there, and no device waited for it',
  { timeout: 300_000 },
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'carebell-back-up-'));
    const [dataDir, restoredDir, file] = [
      join(root, 'data'),
      join(root, 'restored'),
      join(root, 'hub.backup'),
    ];
    const hub = await hubProcess(dataDir);
    await hub.start();
    const admin = await logIn(hub.url, 'admin', hub.adminPassword);
    const community = await settle({ url: hub.url, admin });
    const { dwelling, resident } = community;
    const { gateway, secret } = await admin.create<{ gateway: Gateway; secret: string }>('/gateways', {
      stationId: community.station.id,
    });
    const home = { dwellingId: dwelling.id, residentId: resident.id, gatewayId: gateway.id };
    const door = await issueDevice(admin, { type: 'door-sensor', ...home });
    const client = await connectTo(hub, { id: gateway.id, secret });
    const ledger: Ledger = { acknowledged: new Set(), slowestMs: 0 };
    const end = keepPublishing(client, door.id, ledger);
    await vi.waitFor(() => expect(ledger.acknowledged.size).toBeGreaterThan(5_000), { timeout: 120_000 });

    const before = new Set(ledger.acknowledged);
    ledger.slowestMs = 0;
    const { stdout } = await run(backUpMain, ['--to', file], dataDir);
    const during = { answered: ledger.acknowledged.size - before.size, slowestMs: ledger.slowestMs };
    end();
    await client.endAsync(true);
    await hub.stop();

    expect(during.answered).toBeGreaterThan(0);
    expect(during.slowestMs).toBeLessThan(longestAnswerMs);

    const said = await run(restoreMain, ['--from', file, '--data-dir', restoredDir], dataDir);
    const numbers = /residents \d+.*\n.*fingerprint \w+/;
    expect(numbers.exec(said.stdout)?.[0]).toBe(numbers.exec(stdout)?.[0]);
    const stored = new Set(eventsIn(restoredDir));
    expect([...before].filter((id) => !stored.has(id))).toEqual([]);

    const restored = await hubProcess(restoredDir);
    await expect(restored.start()).rejects.toThrow('sealed with the key');
    for (const key of ['secret.key', 'data.key']) copyFileSync(join(dataDir, key), join(restoredDir, key));
    await restored.start();
    const again = await logIn(restored.url, 'admin', hub.adminPassword);
    const { body } = await again.get<{ items: { id: string; name: string }[] }>('/residents');
    expect(body.items).toMatchObject([{ id: resident.id, name: '王秀英', phone: '13900000502' }]);
    const button = await connectTo(restored, community.button);
    await button.publishAsync(
      buildTopic({ of: 'device', deviceId: community.button.id, kind: 'event' }),
      JSON.stringify({ id: randomUUID(), kind: 'button.pressed', data: { key: 'help' } }),
      { qos: 1 },
    );
    const open = await again.get<{ items: AlarmView[] }>('/alarms?phase=open');
    expect(open.body.items.map(({ deviceId }) => deviceId)).toContain(community.button.id);
    await button.endAsync(true);
    await restored.stop();
    rmSync(root, { recursive: true });
  },
);

function eventsIn(dataDir: string): string[] {
  using db = new DatabaseSync(join(dataDir, 'carebell.db'), { readOnly: true });
  const rows = db.prepare("SELECT json_extract(body, '$.id') AS id FROM journal WHERE type = 'event'").all();
  return (rows as { id: string }[]).map(({ id }) => id);
}
