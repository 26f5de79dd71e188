import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteJournal } from '../adapters/sqlite/sqlite-journal.ts';
import type { JournalPort, Work } from '../journal/journal-port.ts';
import { checkLog } from './compose.ts';

const at = Date.UTC(2026, 2, 14, 8);
let dir: string;
let journal: JournalPort;
let alarmIds: string[];

function press(deviceId: string): Work {
  const origin = {
    deviceId,
    residentId: null,
    stationId: null,
    gatewayId: null,
    isKnown: false,
    receivedAtMs: at,
  };
  const event = { id: `press-${deviceId}`, kind: 'button.pressed', data: { key: 'help' } };
  return { name: 'receiveEvent', input: { event, origin } };
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'carebell-log-'));
  journal = await openSqliteJournal(join(dir, 'carebell.db'));
  const { changes } = await journal.commit([press('b1'), press('b2'), press('b3')], at);
  alarmIds = changes.alarms.map(({ id }) => id);
  const user = { id: 'u1', displayName: '李护士' };
  for (const alarmId of alarmIds) {
    await journal.commit([{ name: 'acknowledgeAlarm', input: { alarmId, user, takeOver: false } }], at + 9);
  }
});
afterEach(async () => {
  await journal.close();
  rmSync(dir, { recursive: true });
});

function tamper(sql: string): void {
  using db = new DatabaseSync(join(dir, 'carebell.db'));
  db.exec(sql);
}

async function verified(alarmId?: string) {
  const check = await checkLog(dir, alarmId);
  if (!check.ok) throw new Error(check.message);
  return check.verified;
}

describe('the log of cases', () => {
  it('holds as the hub wrote it, while the hub runs', async () => {
    const { cases, steps, broken } = await verified();
    expect({ cases, broken }).toEqual({ cases: 3, broken: [] });
    expect(steps).toBeGreaterThan(8);
    expect(await verified(alarmIds[1])).toMatchObject({ cases: 1, broken: [] });
  });

  it('holds for requests too, and names the one of which a step was changed or taken away', async () => {
    const press = (deviceId: string): Work => ({
      name: 'receiveEvent',
      input: {
        event: { id: `taxi-${deviceId}`, kind: 'button.pressed', data: { key: 'taxi' } },
        origin: {
          deviceId,
          residentId: null,
          stationId: null,
          gatewayId: null,
          isKnown: false,
          receivedAtMs: at,
        },
      },
    });
    const { changes } = await journal.commit([press('t1'), press('t2'), press('t3')], at);
    const ids = changes.requests.map(({ id }) => id);
    const user = { id: 'u1', displayName: '李护士' };
    for (const id of ids) {
      const input = { type: 'take', user, takeOver: false } as const;
      await journal.commit([{ name: 'actOnRequest', input: { id, scope: 'all', input } }], at + 9);
    }
    const requests = async () => {
      const check = await checkLog(dir);
      return check.ok ? check.requests : null;
    };
    expect(await requests()).toEqual({ checked: 3, broken: [] });
    const of = (id: string | undefined) => `type = 'request' AND json_extract(body, '$.requestId') = '${id}'`;
    tamper(
      `UPDATE journal SET body = replace(body, '李护士', '王护士') WHERE kind = 'taken' AND ${of(ids[0])}`,
    );
    tamper(`DELETE FROM journal WHERE kind = 'taken' AND ${of(ids[2])}`);
    expect(new Set((await requests())?.broken)).toEqual(new Set([ids[0], ids[2]]));
  });

  it('says at which step a changed word broke it, and in which case', async () => {
    tamper(`UPDATE journal SET body = replace(body, '李护士', '王护士')
      WHERE kind = 'acknowledged' AND alarm_id = '${alarmIds[1]}'`);
    const { broken } = await verified();
    expect(broken).toMatchObject([
      { alarmId: alarmIds[1], chain: { holds: false, fault: 'step-changed', brokenAt: expect.any(Number) } },
    ]);
    expect((await verified(alarmIds[0])).broken).toEqual([]);
  });

  it.each([
    ['a changed instant', `UPDATE journal SET at = at - 1 WHERE kind = 'acknowledged'`, 'step-changed'],
    ['a step taken out', `DELETE FROM journal WHERE kind = 'raised'`, 'step-changed'],
    ['a step cut off the end', `DELETE FROM journal WHERE kind = 'reassurance-queued'`, 'step-changed'],
    [
      'the end of a case cut off',
      `DELETE FROM journal WHERE seq IN (SELECT last_seq FROM alarms)`,
      'steps-missing',
    ],
    ['a case without its alarm', `DELETE FROM alarms`, 'steps-missing'],
    ['an alarm without its case', `DELETE FROM journal WHERE type = 'alarm'`, 'steps-missing'],
  ])('does not hold after %s', async (_, sql, fault) => {
    tamper(sql);
    const { broken, cases } = await verified();
    expect(cases).toBe(3);
    expect(broken.map(({ chain }) => chain.fault)).toEqual([fault, fault, fault]);
  });

  it('gives another fingerprint when a whole case was written anew', async () => {
    const before = await verified();
    tamper(`DELETE FROM alarms WHERE id = '${alarmIds[2]}';
      DELETE FROM journal WHERE alarm_id = '${alarmIds[2]}'`);
    const after = await verified();
    expect(after.broken).toEqual([]);
    expect(after.fingerprint).not.toBe(before.fingerprint);
  });

  it('names what cannot be checked', async () => {
    expect(await checkLog(dir, 'nothing')).toMatchObject({ ok: false, reason: 'no-such-case' });
    expect(await checkLog(join(dir, 'nowhere'))).toMatchObject({ ok: false, reason: 'no-database' });
  });
});

describe('npm run verify-log', () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const runWith = (more: Record<string, string>, ...words: string[]) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      const env = { PATH: process.env['PATH'], CAREBELL_DATA_DIR: dir, ...more };
      const child = execFile(process.execPath, [main, ...words], { env }, (_, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, out: stdout + stderr }),
      );
    });

  const run = (...words: string[]) => runWith({}, ...words);

  it('ends with 0 while the log holds, with 1 at a broken one and with 2 where it cannot check', async () => {
    expect(await run()).toMatchObject({ code: 0, out: expect.stringContaining('cases 3') });
    expect(await run('--alarm', 'nothing')).toMatchObject({ code: 2 });
    expect(await run('--unknown')).toMatchObject({ code: 2 });
    expect(await runWith({ CAREBELL_NONSENSE: '1' })).toMatchObject({
      code: 2,
      out: expect.stringContaining('CAREBELL_NONSENSE'),
    });
    tamper(`UPDATE journal SET at = at + 1 WHERE alarm_id = '${alarmIds[0]}' AND kind = 'acknowledged'`);
    const { code, out } = await run('--alarm', alarmIds[0]!);
    expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining(alarmIds[0]!) });
  });
});
