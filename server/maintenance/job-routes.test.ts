import type { DeviceReading } from '@carebell/contracts/messages.ts';
import type { FirmwareReport, Job, JobSummary } from '@carebell/contracts/maintenance.ts';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { createJobReads } from '../adapters/store/job-reads.ts';
import { proofOf } from './job-proof.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
type Page = { items: Job[]; cursor: string | null };
const minuteMs = 60_000;
const dayMs = 86_400_000;
let api: ApiUnderTest;
let admin: Caller;
let installer: Caller;

beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  admin = await api.as('admin');
  installer = await api.as('installer-a');
});
afterAll(() => api.close());

async function page(query = '', caller = installer): Promise<Page> {
  return (await caller.get(`/maintenance?${query}`)).json<Page>();
}
const kinds = async (query = '') => (await page(query)).items.map(({ kind, id }) => `${kind} ${id}`);
const key = (kind: string, id = 'button-a') => ({ kind, of: 'device', id });

async function say(
  more: Partial<{ battery: number; firmware: string }>,
  deviceId = 'button-a',
): Promise<void> {
  const receivedAtMs = api.clock.now();
  const origin = {
    deviceId,
    residentId: null,
    stationId: null,
    gatewayId: null,
    isKnown: true,
    receivedAtMs,
  };
  await api.gate.commit('receiveReading', { reading: more as DeviceReading, origin });
  const { battery } = more;
  const sighting = { of: 'device' as const, id: deviceId, seenAtMs: receivedAtMs };
  await api.gate.commit('seeDevices', [battery === undefined ? sighting : { ...sighting, battery }]);
}

/** What the watch does at every look. */
async function look(): Promise<void> {
  const reads = createJobReads(api.db);
  const settled = await reads.settled({ nowMs: api.clock.now(), forecasts: [] });
  await api.gate.commit(
    'finishJobs',
    settled.map((job) => ({ jobId: job.jobId, proof: proofOf(job) })),
  );
}

async function moveOn(): Promise<void> {
  api.clock.move(6 * minuteMs);
  installer = await api.as('installer-a');
}

describe('the work list', () => {
  it('has what was never heard, with where it is, for those who see the station', async () => {
    const { items } = await page('kind=never-heard');
    expect(items).toMatchObject(
      [
        {
          id: 'button-a',
          streetName: '江宁路街道',
          stationName: 'Station a',
          address: 'a lane 7, room 301',
          taken: null,
        },
        { id: 'gateway-a', of: 'gateway', type: 'gateway' },
      ].toSorted((a) => (a.id === 'gateway-a' ? -1 : 1)),
    );
    const all = await page('kind=never-heard', admin);
    expect(all.items.map(({ id }) => id).toSorted()).toEqual([
      'button-a',
      'button-b',
      'gateway-a',
      'gateway-b',
    ]);
  });

  it('comes station after station, in pages', async () => {
    admin = await api.as('admin');
    const { items } = (await admin.get('/maintenance/summary')).json<JobSummary>();
    expect(items.map(({ stationId, counts }) => [stationId, counts])).toEqual([
      ['a', [{ kind: 'never-heard', count: 2 }]],
      ['b', [{ kind: 'never-heard', count: 2 }]],
    ]);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next: Page = await page(`limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, admin);
      seen.push(...next.items.map(({ id }) => id));
      cursor = next.cursor;
    }
    expect(seen).toHaveLength(4);
    expect(seen.slice(0, 2).toSorted()).toEqual(['button-a', 'gateway-a']);
  });

  it('has a low battery until a new one is measured, and then it was done by whoever had taken it', async () => {
    await say({ battery: 12 });
    await moveOn();
    expect(await kinds('kind=battery')).toEqual(['battery button-a']);
    const taken = await installer.post('/maintenance/take', key('battery'));
    expect(taken.json<Job>()).toMatchObject({ percent: 12, taken: { by: { displayName: 'installer-a' } } });
    expect(
      (await installer.post('/maintenance/notes', { ...key('battery'), text: '没人在家' })).json<Job>().notes,
    ).toMatchObject([{ text: '没人在家', by: { displayName: 'installer-a' } }]);
    await say({ battery: 40 });
    await look();
    expect(await kinds('mine=true')).toEqual(['battery button-a']);
    await moveOn();
    await say({ battery: 97 });
    await look();
    expect(await kinds('mine=true')).toEqual([]);
    expect((await page('state=done&mine=true')).items).toMatchObject([
      { kind: 'battery', id: 'button-a', done: { proof: 'battery-changed' }, notes: [{ text: '没人在家' }] },
    ]);
  });

  it('is not ticked off by hand: what nobody did is still there', async () => {
    await moveOn();
    await api.gate.commit('setSupervision', { of: 'device', id: 'button-a', setting: null, actorId: 'test' });
    expect(await kinds('kind=button-test')).toEqual(['button-test button-a']);
    await installer.post('/maintenance/take', key('button-test'));
    await look();
    expect(await kinds('mine=true')).toEqual(['button-test button-a']);
    expect((await installer.post('/maintenance/done', key('button-test'))).statusCode).toBe(404);
  });

  it('lets a colleague take it over, who must say so, and give back only what is theirs', async () => {
    await api.addUser('second', 'installer', 'a');
    const second = await api.as('second');
    expect((await second.post('/maintenance/take', key('button-test'))).statusCode).toBe(409);
    expect((await second.post('/maintenance/release', key('button-test'))).statusCode).toBe(404);
    const over = await second.post('/maintenance/take', { ...key('button-test'), takeOver: true });
    expect(over.json<Job>().taken?.by.displayName).toBe('second');
    expect((await second.post('/maintenance/release', key('button-test'))).json<Job>().taken).toBeNull();
    await installer.post('/maintenance/take', key('button-test'));
  });

  it('has a test done as soon as the button was pressed', async () => {
    await moveOn();
    await api.gate.commit('receiveEvent', {
      event: { id: 'test-1', kind: 'test.pressed' },
      origin: {
        deviceId: 'button-a',
        residentId: 'resident-a',
        stationId: 'a',
        gatewayId: null,
        isKnown: true,
        receivedAtMs: api.clock.now(),
      },
    });
    await look();
    expect(await kinds('kind=button-test')).toEqual([]);
    const { items } = await page('state=done');
    expect(items.map(({ kind, done }) => [kind, done?.proof])).toEqual([
      ['button-test', 'button-tested'],
      ['battery', 'battery-changed'],
    ]);
    const { items: log } = (await admin.get('/audit?topic=maintenance')).json<{
      items: { kind: string }[];
    }>();
    expect(log[0]).toMatchObject({ kind: 'job-done', fields: ['button-test', 'button-tested'] });
  });

  it('has the points of a commissioning with when they are due, the first of a device, and what is to be tested again', async () => {
    const insert = (table: string, columns: Record<string, string | number>) => {
      const names = Object.keys(columns);
      const values = names.map((name) => `'${columns[name]}'`);
      return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`;
    };
    const now = api.clock.now();
    const point = {
      commissioning_id: 'c1',
      dwelling_id: 'home-a',
      station_id: 'a',
      device_id: 'button-a',
      check_key: 'range',
      reason: '信号弱',
      owner: '赵师傅',
      created_at: now,
      created_by: 'test',
      note: '',
    };
    const writer = new DatabaseSync(api.file);
    writer.exec('PRAGMA foreign_keys = OFF; PRAGMA busy_timeout = 5000');
    writer.exec(insert('commissioning_points', { ...point, id: 'p1', due_at: now + 7 * dayMs }));
    writer.exec(
      insert('commissioning_points', { ...point, id: 'p2', due_at: now + 2 * dayMs, reason: '换位置' }),
    );
    const retest = { commissioning_id: 'c1', since_at: now, reasons: '[]', needs: 'press' };
    writer.exec(insert('device_retests', { ...retest, device_id: 'button-a' }));
    writer.close();
    await moveOn();
    expect((await page('kind=commissioning')).items).toMatchObject([
      { id: 'button-a', reason: '换位置', owner: '赵师傅', dueAt: new Date(now + 2 * dayMs).toISOString() },
    ]);
    expect(await kinds('kind=retest')).toEqual(['retest button-a']);
  });

  it('shows and lets take nothing of another station', async () => {
    const other = await api.as('installer-b');
    expect((await page('', other)).items.every(({ stationId }) => stationId === 'b')).toBe(true);
    expect((await other.post('/maintenance/take', key('never-heard', 'gateway-a'))).statusCode).toBe(404);
    const operator = await api.as('operator-a');
    expect((await operator.post('/maintenance/take', key('never-heard'))).statusCode).toBe(403);
  });

  it('is also that of one device, for who sees it', async () => {
    expect((await page('deviceId=gateway-a')).items).toMatchObject([
      { kind: 'never-heard', id: 'gateway-a' },
    ]);
    expect((await page('deviceId=gateway-a', await api.as('installer-b'))).items).toEqual([]);
    const done = await page('deviceId=button-a&state=done');
    expect(done.items.map(({ kind }) => kind)).toEqual(['button-test', 'battery']);
  });

  it('is a table for who drives there, and the journal says who took it', async () => {
    const csv = await installer.get('/maintenance/list.csv');
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body).toContain('江宁路街道,Station a,');
    expect(csv.body.split('\r\n')[0]).toContain('address');
  });
});

describe('versions of firmware', () => {
  it('are counted, and those that are not the wished one are jobs', async () => {
    await say({ firmware: '1.2.0' });
    await api.gate.commit('receiveHealth', {
      gatewayId: 'gateway-a',
      stationId: 'a',
      health: { version: '0.9.1' },
      receivedAtMs: api.clock.now(),
    });
    const manager = await api.as('station-manager-a');
    const wished = await manager.put('/maintenance/firmware', {
      organisationId: 'a',
      type: 'button',
      version: '1.3.0',
    });
    expect(wished.json<FirmwareReport>()).toEqual({
      versions: [
        { type: 'button', version: '1.2.0', count: 1, outdated: 1 },
        { type: 'gateway', version: '0.9.1', count: 1, outdated: 0 },
      ],
      wishes: [
        { organisationId: 'a', organisationName: 'Station a', type: 'button', version: '1.3.0', isOwn: true },
      ],
    });
    await moveOn();
    expect((await page('kind=firmware')).items).toMatchObject([
      { id: 'button-a', version: '1.2.0', wished: '1.3.0' },
    ]);
    await say({ firmware: '1.3.0' });
    await moveOn();
    expect(await kinds('kind=firmware')).toEqual([]);
  });

  it('are wished by managers, within their part of the organisation', async () => {
    const wish = { organisationId: 'a', type: 'button', version: '2' };
    expect((await installer.put('/maintenance/firmware', wish)).statusCode).toBe(403);
    const manager = await api.as('station-manager-b');
    expect((await manager.put('/maintenance/firmware', wish)).statusCode).toBe(422);
  });

  it('that are wished above hold below, until somebody there wishes another', async () => {
    admin = await api.as('admin');
    await admin.put('/maintenance/firmware', {
      organisationId: 'district',
      type: 'gateway',
      version: '1.0.0',
    });
    await moveOn();
    expect(await kinds('kind=firmware')).toEqual(['firmware gateway-a']);
    await admin.put('/maintenance/firmware', { organisationId: 'a', type: 'gateway', version: '0.9.1' });
    await moveOn();
    expect(await kinds('kind=firmware')).toEqual([]);
  });
});

describe('by what a job was done', () => {
  const job = {
    openedAtMs: 10 * dayMs,
    isRegistered: true,
    battery: null,
    lastSeenAtMs: null,
    testedAtMs: null,
    isVersionWished: false,
  };
  it.each([
    [{ kind: 'battery', battery: 51 }, 'battery-changed'],
    [{ kind: 'battery', battery: 30 }, 'no-longer-due'],
    [{ kind: 'silent', lastSeenAtMs: 10 * dayMs }, 'heard'],
    [{ kind: 'silent', lastSeenAtMs: 9 * dayMs }, 'no-longer-due'],
    [{ kind: 'never-heard', lastSeenAtMs: 11 * dayMs }, 'heard'],
    [{ kind: 'button-test', testedAtMs: 11 * dayMs }, 'button-tested'],
    [{ kind: 'firmware', isVersionWished: true }, 'version-wished'],
    [{ kind: 'firmware' }, 'no-longer-due'],
    [{ kind: 'commissioning' }, 'points-done'],
    [{ kind: 'retest', lastSeenAtMs: 11 * dayMs }, 'heard'],
    [{ kind: 'battery', isRegistered: false, battery: 90 }, 'out-of-service'],
  ] as const)('%o: %s', (after, proof) => {
    expect(proofOf({ ...job, ...after })).toBe(proof);
  });
});
