import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { expect, it, vi } from 'vitest';
import { logIn } from '../api.ts';
import { settle } from '../community.ts';
import { openFarWebhook } from '../far-webhook.ts';
import { hubProcess } from '../hub-process.ts';
import { connectDevice } from '../virtual-party.ts';

const rounds = Number(process.env['CAREBELL_KILL_ROUNDS'] ?? 5);

it(
  `kill -9 while notifications go out, ${rounds} times: each that was queued arrives, and each is delivered on record once`,
  { timeout: rounds * 30_000 },
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'carebell-notification-kill-'));
    const hub = await hubProcess(dataDir);
    const far = await openFarWebhook();
    await hub.start();
    const admin = await logIn(hub.url, 'admin', hub.adminPassword);
    const { station, button: account, operator } = await settle({ url: hub.url, admin });
    await admin.create('/channels', {
      organisationId: station.id,
      kind: 'webhook',
      name: 'hook',
      settings: { url: far.url },
      secrets: { signing: 'a secret of the two' },
    });
    const button = await connectDevice(hub, account);
    await button.send('button.pressed', { data: { key: 'help' } });
    const alarm = await vi.waitFor(async () => {
      const { body } = await operator.get<{ items: AlarmView[] }>('/alarms');
      expect(body.items).toHaveLength(1);
      return body.items[0]!;
    });
    await button.end();

    const queued = new Set<string>();
    async function tell(count: number): Promise<void> {
      for (let index = 0; index < count; index += 1) {
        const { notificationId } = await operator.create<{ notificationId: string }>(
          `/alarms/${alarm.id}/notifications`,
          { recipient: { displayName: '李阿姨' }, channels: [{ kind: 'webhook', address: '' }] },
        );
        queued.add(notificationId);
      }
    }
    for (let round = 0; round < rounds; round += 1) {
      // What is asked for when the hub dies may or may not be queued; only what was answered must arrive.
      const telling = tell(40).catch((error: unknown) => error);
      const enough = queued.size + randomInt(1, 30);
      await vi.waitFor(() => expect(queued.size).toBeGreaterThanOrEqual(enough), {
        interval: 1,
        timeout: 20_000,
      });
      await hub.kill();
      await telling;
      await hub.start();
    }
    await vi.waitFor(() =>
      expect([...queued].filter((id) => !far.messages.some((message) => message.id === id))).toEqual([]),
    );
    await hub.stop();
    const db = new DatabaseSync(join(dataDir, 'carebell.db'), { readOnly: true });
    const counts = db
      .prepare(
        `SELECT json_extract(body, '$.notificationId') AS id, count(*) AS count FROM journal
         WHERE kind = 'notification-delivered' GROUP BY 1`,
      )
      .all() as { id: string; count: number }[];
    db.close();
    expect(counts.filter(({ count }) => count > 1)).toEqual([]);
    expect([...queued].filter((id) => !counts.some((row) => row.id === id))).toEqual([]);
    await far.close();
    rmSync(dataDir, { recursive: true });
  },
);
