import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as after } from 'node:timers/promises';
import { compose, readConfig } from '@carebell/server/compose.ts';
import { localDay, weekdayOf } from '@carebell/server/duty/rota.ts';
import { expect, it, vi } from 'vitest';
import { logIn } from '../api.ts';
import { settle } from '../community.ts';
import { openFarWebhook } from '../far-webhook.ts';
import { hastyClock } from '../hasty-clock.ts';
import { hubProcess } from '../hub-process.ts';

const rounds = Number(process.env['CAREBELL_KILL_ROUNDS'] ?? 4);
const dayMs = 86_400_000;
const residents = 120;
const timeZone = zoneAtNoon();

it(
  `kill -9 while overdue visits are told of, ${rounds} times: each organisation is told once that day, and of all of them`,
  { timeout: 60_000 + rounds * 30_000 },
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'carebell-digest-kill-'));
    const far = await openFarWebhook();
    const stationId = await missVisits(dataDir, far.url);
    const hub = await hubProcess(dataDir, { CAREBELL_TIME_ZONE: timeZone });
    const read = <T>(sql: string): T[] => {
      const db = new DatabaseSync(join(dataDir, 'carebell.db'), { readOnly: true });
      try {
        return db.prepare(sql).all() as T[];
      } finally {
        db.close();
      }
    };
    for (let round = 0; round < rounds; round += 1) {
      const starting = hub.start().catch((error: unknown) => error);
      // First while it is drawn up, then whenever it is.
      if (round === 0)
        await vi.waitFor(() => expect(read('SELECT 1 FROM visit_tellings').length).toBeGreaterThan(0), {
          interval: 1,
          timeout: 40_000,
        });
      else await after(randomInt(1_000, 5_000));
      await hub.kill();
      await starting;
    }
    await hub.start();
    await vi.waitFor(
      () => expect(read(`SELECT 1 FROM visit_digests WHERE told_at IS NOT NULL`).length).toBeGreaterThan(0),
      { timeout: 40_000 },
    );
    await hub.stop();
    const digests = read<{ organisation_id: string; visits: number }>('SELECT * FROM visit_digests');
    expect(digests).toMatchObject([{ organisation_id: stationId, visits: residents }]);
    const journal = read<{ kind: string }>(
      `SELECT kind FROM journal WHERE kind IN ('visit-digest', 'visit-digest-queued', 'visit-digest-delivered')`,
    );
    expect(journal.map(({ kind }) => kind)).toEqual([
      'visit-digest',
      'visit-digest-queued',
      'visit-digest-delivered',
    ]);
    // What was on its way when the hub died may come again, and is known by its identifier.
    expect(new Set(far.messages.map(({ id }) => id)).size).toBe(1);
    expect(read('SELECT * FROM visit_tellings')).toHaveLength(residents);
    await far.close();
    rmSync(dataDir, { recursive: true });
  },
);

/**
 * A hub on the Sunday before last week, with residents whom nobody has visited since: on whatever day the test runs, each of them
 * was missed in one week. Tells the station that has a webhook.
 */
async function missVisits(dataDir: string, hook: string): Promise<string> {
  const aheadMs = -(weekdayOf(localDay(Date.now(), timeZone)) + 7) * dayMs;
  const config = readConfig({
    CAREBELL_DATA_DIR: dataDir,
    CAREBELL_HTTP_PORT: '0',
    CAREBELL_MQTT_PORT: '0',
    CAREBELL_ADMIN_PASSWORD: 'a password for tests',
    CAREBELL_LOG_LEVEL: 'silent',
    CAREBELL_TIME_ZONE: timeZone,
  });
  const hub = await compose(config, { clock: { ...hastyClock, now: () => Date.now() + aheadMs } });
  await hub.start();
  const url = `http://127.0.0.1:${hub.addresses().http}`;
  const admin = await logIn(url, 'admin', 'a password for tests');
  const { station, dwelling } = await settle({ url, admin });
  await admin.create('/channels', {
    organisationId: station.id,
    kind: 'webhook',
    name: 'hook',
    settings: { url: hook },
    secrets: { signing: 'a secret of the two' },
  });
  const settings = {
    // Nobody but the station, and at any hour of the day on which the test runs.
    escalateAfterHours: { street: 2_000, district: 2_000 },
    digestHours: { from: '00:00', until: '23:59' },
  };
  await admin.put(`/organisations/${station.id}/visit-settings`, { settings });
  for (let count = 1; count < residents; count += 1)
    await admin.create('/residents', {
      dwellingId: dwelling.id,
      name: `李${count}`,
      riskGroups: ['living-alone'],
    });
  const open = async () => (await admin.get<{ items: object[] }>('/visits/due?limit=500')).body.items.length;
  await vi.waitFor(async () => expect(await open()).toBe(residents));
  await hub.stop();
  return station.id;
}

/** Where it is about noon now: the day does not change while the test runs. Zones of this kind have the sign the other way round. */
function zoneAtNoon(): string {
  const behind = new Date().getUTCHours() - 12;
  return `Etc/GMT${behind < 0 ? '' : '+'}${behind}`;
}
