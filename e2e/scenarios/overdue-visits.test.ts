import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AuditEntry } from '@carebell/contracts/audit.ts';
import type { DueResident } from '@carebell/contracts/visits.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { logIn } from '../api.ts';
import type { Api } from '../api.ts';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { openFarSmsGateway } from '../far-sms-gateway.ts';
import { openFarWebhook } from '../far-webhook.ts';
import { hastyClock } from '../hasty-clock.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';

/** Wednesday in Shanghai, so that the resident is there for more than a day of the week. */
let nowMs = Date.parse('2026-11-18T10:00:00+08:00');
let aheadMs = nowMs - Date.now();

let hub: ScenarioHub;
let community: Community;
let sms: Awaited<ReturnType<typeof openFarSmsGateway>>;
let robot: Awaited<ReturnType<typeof openFarWebhook>>;
let manager: Api;

beforeAll(async () => {
  hub = await startHub({ clock: { ...hastyClock, now: () => Date.now() + aheadMs } });
  const { admin } = hub;
  community = await settle(hub);
  sms = await openFarSmsGateway();
  robot = await openFarWebhook();
  await admin.create('/channels', sms.channel(community.district.id));
  await admin.create('/channels', {
    organisationId: community.street.id,
    kind: 'webhook',
    name: '街道平台',
    settings: { url: robot.url },
    secrets: { signing: 'a secret of the two' },
  });
  const organisationId = community.station.id;
  const user = { name: 'mei', displayName: '梅站长', role: 'station-manager', organisationId, password };
  await admin.create('/users', user);
  const above = { role: 'supervisor', organisationId: community.district.id, password };
  await admin.create('/users', { ...above, name: 'liu', displayName: '刘芳' });
  manager = await logIn(hub.url, 'mei', password);
  await manager.patch('/users/me/addresses', { addresses: [{ kind: 'sms', address: '13911112222' }] });
});
afterAll(async () => {
  await hub.stop();
  await sms.close();
  await robot.close();
});

async function owed(): Promise<DueResident['owed']> {
  const path = `/visits/due?state=all&residentId=${community.resident.id}`;
  return (await manager.get<{ items: DueResident[] }>(path)).body.items[0]?.owed ?? [];
}

/** The clock jumps past the end of every session. */
async function goTo(wall: string): Promise<void> {
  nowMs = Date.parse(`${wall}+08:00`);
  aheadMs = nowMs - Date.now();
  manager = await logIn(hub.url, 'mei', password);
}

/** The hub has decided about all organisations until now. */
async function decided(): Promise<void> {
  await vi.waitFor(() => {
    const db = new DatabaseSync(join(hub.dataDir, 'carebell.db'), { readOnly: true });
    try {
      const looks = db.prepare('SELECT next_at FROM visit_digest_looks').all() as { next_at: number }[];
      expect(looks).toHaveLength(4);
      for (const look of looks) expect(look.next_at).toBeGreaterThan(nowMs);
    } finally {
      db.close();
    }
  });
}

const audit = async (): Promise<string[]> => {
  const supervisor = await logIn(hub.url, 'liu', password);
  const { body } = await supervisor.get<{ items: AuditEntry[] }>('/audit?topic=visits&limit=100');
  return body.items
    .filter(({ kind }) => kind.startsWith('visit-digest'))
    .toReversed()
    .map(({ kind, stationId, fields }) => [kind, nameOf(stationId), ...fields].join(' '));
};
const nameOf = (id: string | null) =>
  [community.station, community.otherStation, community.street, community.district].find(
    (one) => one.id === id,
  )?.name ?? '';

describe('a visit that was missed', () => {
  it('is told of to the manager of the station in the morning, and not by night', async () => {
    await vi.waitFor(async () => expect(await owed()).toMatchObject([{ phase: 'open' }]));
    await goTo('2026-11-23T00:01:00');
    await vi.waitFor(async () => expect((await owed())[0]).toMatchObject({ phase: 'missed', told: [] }));
    await decided();
    expect(sms.messages).toEqual([]);
    await goTo('2026-11-23T09:00:00');
    await vi.waitFor(() => expect(sms.messages).toHaveLength(1));
    const [{ mobile, content } = { mobile: '', content: '' }] = sms.messages;
    expect(mobile).toBe('13911112222');
    expect(content).toMatch(
      /^探访逾期：和平一站 · 1 位老人的 1 次探访 · 11月23日起逾期: 王\*\* http.*\/visits\?show=overdue$/,
    );
    await vi.waitFor(async () => {
      const [missed] = await owed();
      expect(missed?.told).toMatchObject([{ tier: 'station', first: expect.any(String) }]);
    });
    await decided();
    expect(robot.messages).toEqual([]);
  });

  it('is told of no second time on that day, though the hub was started again', async () => {
    await hub.restart();
    await goTo('2026-11-23T17:00:00');
    await decided();
    expect(sms.messages).toHaveLength(1);
  });

  it('goes to the street on the next day; a message that comes too late is not sent', async () => {
    sms.fail(true);
    await goTo('2026-11-24T09:00:00');
    await vi.waitFor(() => expect(robot.messages).toHaveLength(1));
    const [told] = robot.messages;
    expect(told).toMatchObject<object>({
      title: '安铃 探访逾期：和平街道 · 1 位老人的 1 次探访',
      alarm: { kind: 'visits-overdue', stationId: community.street.id },
    });
    expect(told?.text).toContain('王** · 和平一站 · 11月23日起逾期');
    expect(told?.link).toMatch(/\/visits\?show=street$/);
    expect(JSON.stringify([robot.messages, sms.messages])).not.toMatch(/王秀英|502室|13900000502/);
    await vi.waitFor(async () => expect(await audit()).toContainEqual(expect.stringMatching(/failed.*sms/)));
    const visit = { residentId: community.resident.id, kind: 'in-person' };
    expect((await manager.post('/visits', visit)).status).toBe(201);
    sms.fail(false);
    await goTo('2026-11-24T10:00:00');
    await vi.waitFor(async () => {
      expect((await audit()).at(-1)).toMatch(/^visit-digest-gave-up 和平一站 .*alarm-closed$/);
    });
    expect(sms.messages).toHaveLength(1);
  });

  it('is told of to nobody when it was made up for', async () => {
    await goTo('2026-11-26T10:00:00');
    await decided();
    expect((await audit()).filter((line) => line.startsWith('visit-digest '))).toEqual([
      'visit-digest 和平一站 station 2026-11-23 1 overdue 1 told',
      'visit-digest 和平一站 station 2026-11-24 1 overdue 1 told',
      'visit-digest 和平街道 street 2026-11-24 1 overdue 1 told',
    ]);
    expect([sms.messages.length, robot.messages.length]).toEqual([1, 1]);
  });
});
