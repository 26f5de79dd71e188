import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstBrokenStep } from '../../alarm/alarm-chain.ts';
import type { Received } from '../../ingest/receive.ts';
import type { JournalPort, Work, WorkOutcome } from '../../journal/journal-port.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

const at = Date.UTC(2026, 2, 14, 8);
let folder: string;
let file: string;
let journal: JournalPort;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carebell-journal-'));
  file = join(folder, 'carebell.db');
  journal = await openSqliteJournal(file);
});
afterEach(async () => {
  await journal.close();
  rmSync(folder, { recursive: true });
});

function event(id: string, kind = 'button.pressed', deviceId = 'b1'): Work {
  const origin = {
    deviceId,
    residentId: null,
    stationId: null,
    gatewayId: null,
    isKnown: false,
    receivedAtMs: at,
  };
  return { name: 'receiveEvent', input: { event: { id, kind, data: { key: 'help' } }, origin } };
}

function rows(sql: string): Record<string, unknown>[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const all = db.prepare(sql).all() as Record<string, unknown>[];
  db.close();
  return all;
}

const user = { id: 'u1', displayName: '李护士' };

describe('the journal in SQLite', () => {
  it('stores event, alarm, steps and the command that reassures in one transaction', async () => {
    const { outcomes, changes } = await journal.commit([event('p1')], at);
    expect(outcomes).toMatchObject([{ ok: true, result: { isDuplicate: false } }]);
    expect(changes.alarms).toMatchObject([
      { kind: 'help', phase: 'raised', isDeviceRegistered: false, cursor: 4 },
    ]);
    expect(changes.commands).toMatchObject([{ deviceId: 'b1', reassurance: 'received' }]);
    expect(rows('SELECT type, kind FROM journal ORDER BY seq').map((row) => ({ ...row }))).toEqual([
      { type: 'event', kind: 'button.pressed' },
      { type: 'alarm', kind: 'raised' },
      // Nobody is at this hub yet: the first step of the policy says so.
      { type: 'alarm', kind: 'escalated' },
      { type: 'alarm', kind: 'reassurance-queued' },
    ]);
  });

  it('stores nothing of a batch whose store fails, and works again afterwards', async () => {
    const other = new DatabaseSync(file);
    other.exec('BEGIN EXCLUSIVE');
    await expect(journal.commit([event('p1'), event('p2')], at)).rejects.toMatchObject({
      code: 'store-failed',
    });
    other.exec('COMMIT');
    other.close();
    expect(rows('SELECT seq FROM journal')).toEqual([]);
    const { outcomes } = await journal.commit([event('p1')], at);
    expect(outcomes).toMatchObject([{ ok: true, result: { isDuplicate: false } }]);
  });

  it('undoes a broken work alone', async () => {
    const broken = { name: 'receiveReading', input: { reading: null, origin: null } } as unknown as Work;
    const { outcomes, changes } = await journal.commit([event('p1'), broken, event('p2', 'door.opened')], at);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(changes.alarms).toHaveLength(1);
    expect(rows("SELECT seq FROM journal WHERE type = 'event'")).toHaveLength(2);
  });

  it('refuses a batch that cannot be handed to its thread, and answers the next ones', async () => {
    const uncopied = { name: 'countRefusals', input: () => undefined } as unknown as Work;
    await expect(journal.commit([uncopied], at)).rejects.toMatchObject({ code: 'store-failed' });
    for (const id of ['p1', 'p2']) {
      expect(await journal.commit([event(id)], at)).toMatchObject({ outcomes: [{ ok: true }] });
    }
  });

  it('records a repeat within 24 h as a duplicate and changes nothing else', async () => {
    await journal.commit([event('p1')], at);
    const { outcomes, changes } = await journal.commit([event('p1'), event('p1')], at + 86_400_000);
    expect(outcomes).toMatchObject([{ result: { isDuplicate: true } }, { result: { isDuplicate: true } }]);
    expect(changes.alarms).toEqual([]);
    expect(rows('SELECT reason, subject, count FROM refusals').map((row) => ({ ...row }))).toEqual([
      { reason: 'duplicate', subject: 'b1', count: 2 },
    ]);
  });

  it('takes an identifier again after 24 h, because devices count presses from one', async () => {
    await journal.commit([event('p1')], at);
    const { outcomes } = await journal.commit([event('p1')], at + 86_400_001);
    expect(outcomes).toMatchObject([{ result: { isDuplicate: false } }]);
  });

  it('takes the same identifier from another device', async () => {
    const { outcomes } = await journal.commit([event('p1'), event('p1', 'button.pressed', 'b2')], at);
    expect(outcomes).toMatchObject([{ result: { isDuplicate: false } }, { result: { isDuplicate: false } }]);
  });

  it('lets presses of one device join its open alarm, and raises anew after it was closed', async () => {
    const first = await journal.commit([event('p1'), event('p2')], at);
    expect(first.changes.alarms).toMatchObject([{ presses: 2 }]);
    const alarmId = first.changes.alarms[0]!.id;
    const close = {
      alarmId,
      user,
      mayCloseForOthers: false,
      disposition: 'false-alarm' as const,
      proof: 'on-site' as const,
      note: '',
    };
    await journal.commit(
      [
        { name: 'acknowledgeAlarm', input: { alarmId, user, takeOver: false } },
        { name: 'closeAlarm', input: close },
      ],
      at + 1_000,
    );
    const second = await journal.commit([event('p3')], at + 2_000);
    expect(second.changes.alarms[0]!.id).not.toBe(alarmId);
  });

  it('chains the steps of a case by hashes that hold', async () => {
    const { changes } = await journal.commit([event('p1'), event('p2')], at);
    const alarmId = changes.alarms[0]!.id;
    await journal.commit(
      [{ name: 'acknowledgeAlarm', input: { alarmId, user, takeOver: false } }],
      at + 1_000,
    );
    const steps = rows(
      `SELECT seq, at AS atMs, body, hash FROM journal WHERE alarm_id = '${alarmId}' ORDER BY seq`,
    );
    expect(steps.length).toBeGreaterThanOrEqual(5);
    expect(firstBrokenStep(alarmId, steps as never)).toBeUndefined();
  });

  it('exactly one of two operators who answer at once gets the alarm', async () => {
    const { changes } = await journal.commit([event('p1')], at);
    const alarmId = changes.alarms[0]!.id;
    const { outcomes } = await journal.commit(
      ['u1', 'u2'].map((id) => ({
        name: 'acknowledgeAlarm' as const,
        input: { alarmId, user: { id, displayName: id }, takeOver: false },
      })),
      at,
    );
    expect(outcomes).toMatchObject([
      { result: { ok: true } },
      { result: { ok: false, reason: 'already-acknowledged' } },
    ]);
  });

  it('keeps everything over a restart, and refuses a file of a newer version', async () => {
    await journal.commit([event('p1')], at);
    await journal.close();
    journal = await openSqliteJournal(file);
    expect((await journal.commit([event('p1')], at + 1)).outcomes).toMatchObject([
      { result: { isDuplicate: true } },
    ]);
    await journal.close();
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 999');
    db.close();
    await expect(openSqliteJournal(file)).rejects.toThrow(/newer version/);
  });

  it('ends waiting reassurances that a newer one makes untrue, and puts what expired on the time line', async () => {
    const { changes } = await journal.commit([event('p1')], at);
    const alarmId = changes.alarms[0]!.id;
    await journal.commit(
      [{ name: 'acknowledgeAlarm', input: { alarmId, user, takeOver: false } }],
      at + 1_000,
    );
    expect(
      rows('SELECT reassurance, state FROM commands ORDER BY created_at').map((row) => ({ ...row })),
    ).toEqual([
      { reassurance: 'received', state: 'superseded' },
      { reassurance: 'answered', state: 'waiting' },
    ]);
    await journal.commit([{ name: 'expireCommands', input: null }], at + 3_600_000);
    expect(rows("SELECT body FROM journal WHERE kind = 'reassurance-failed'")).toHaveLength(1);
  });
});

describe('many events that only have to be stored', () => {
  const opened = (id: string, deviceId = 'd1'): Work => {
    const work = event(id, 'door.opened', deviceId);
    if (work.name !== 'receiveEvent') return work;
    return { ...work, input: { ...work.input, origin: { ...work.input.origin, isKnown: true } } };
  };
  const many = Array.from({ length: 50 }, (_, index) => opened(`e${index}`, index % 2 ? 'd1' : 'd2'));
  const ids = () =>
    rows("SELECT body ->> '$.id' AS id FROM journal WHERE type = 'event' ORDER BY seq").map(({ id }) => id);
  const duplicates = (outcomes: readonly WorkOutcome[]) =>
    outcomes.flatMap((outcome, place) =>
      outcome.ok && (outcome.result as Received).isDuplicate ? [place] : [],
    );

  it('are stored in their order, as one after another', async () => {
    const together = await journal.commit(many, at);
    expect(together.outcomes).toHaveLength(50);
    expect(duplicates(together.outcomes)).toEqual([]);
    const whole = 'SELECT * FROM journal ORDER BY seq';
    const stored = rows(whole);
    await journal.close();
    rmSync(file);
    journal = await openSqliteJournal(file);
    for (const one of many) await journal.commit([one], at);
    expect(stored).toEqual(rows(whole));
    expect(stored).toHaveLength(50);
  });

  it('are stored once, and the repeats among them counted, with what else the batch holds', async () => {
    await journal.commit([opened('e7')], at - 5_000);
    const batch = [event('p1'), ...many, opened('e3'), event('p2'), opened('e60')];
    const { outcomes, changes } = await journal.commit(batch, at);
    expect(duplicates(outcomes)).toEqual([8, 51]);
    const rest = many.map((_, index) => `e${index}`).filter((id) => id !== 'e7');
    expect(ids()).toEqual(['e7', 'p1', ...rest, 'p2', 'e60']);
    expect(changes.alarms).toMatchObject([{ presses: 2 }]);
    expect(rows('SELECT subject, count FROM refusals').map((row) => ({ ...row }))).toEqual([
      { subject: 'd1', count: 2 },
    ]);
  });

  it('are known again in the next batch, also where others were new', async () => {
    await journal.commit(many, at);
    for (const repeat of [0, 19, 20, 24]) {
      const batch = Array.from({ length: 25 }, (_, index) => opened(`${repeat}-${index}`));
      batch[repeat] = opened('e5');
      const hoursLater = at + repeat * 3_600_000;
      expect(duplicates((await journal.commit(batch, hoursLater)).outcomes)).toEqual([repeat]);
    }
    expect(ids()).toHaveLength(50 + 4 * 24);
  });

  it('make an alarm of a press among them, and count a test of the button', async () => {
    const batch = [...many.slice(0, 25), event('p1'), event('t1', 'test.pressed'), ...many.slice(25)];
    const { outcomes, changes } = await journal.commit(batch, at);
    expect(outcomes[25]).toMatchObject({ result: { alarmIds: [changes.alarms[0]!.id] } });
    expect(changes.alarms).toMatchObject([{ kind: 'help', phase: 'raised' }]);
    expect(ids()).toHaveLength(52);
    expect(rows('SELECT device_id FROM button_tests ORDER BY 1')).toHaveLength(1);
  });
});

describe('event identifiers too old to be repeated', () => {
  const day = 86_400_000;
  const forget: Work = { name: 'forgetOldEvents', input: null };

  it('are forgotten in portions, so that no alarm waits for it, and none younger', async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => event(`d${index}`, 'door.opened'));
    await journal.commit(many, at);
    await journal.commit([event('younger', 'door.opened')], at + day);
    const { outcomes } = await journal.commit([forget, forget, forget], at + 2 * day);
    expect(outcomes).toEqual([true, false, false].map((result) => ({ ok: true, result })));
    const again = await journal.commit(
      [event('d7', 'door.opened'), event('younger', 'door.opened')],
      at + 2 * day,
    );
    expect(again.outcomes).toMatchObject([
      { result: { isDuplicate: false } },
      { result: { isDuplicate: true } },
    ]);
  });
});

describe('the index by device', () => {
  it('follows the journal and misses nothing', async () => {
    const devices = ['b1', 'b2', 'b3'];
    const many = Array.from({ length: 18_000 }, (_, index) =>
      event(`e${index}`, 'door.opened', devices[index % 3]),
    );
    const follow: Work = { name: 'indexByDevice', input: null };
    await journal.commit(many, at);
    const { outcomes } = await journal.commit([follow, follow, follow, follow], at);
    expect(outcomes.map((outcome) => outcome.ok && outcome.result)).toEqual([true, true, false, false]);
    expect(rows('SELECT device_id, seq FROM journal WHERE device_id IS NOT NULL ORDER BY 1, 2')).toEqual(
      rows('SELECT device_id, seq FROM journal_by_device ORDER BY 1, 2'),
    );
  });
});
