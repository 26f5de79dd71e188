import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Committed, JournalPort, Work } from '../../journal/journal-port.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

const at = Date.UTC(2026, 2, 14, 8);
const hourMs = 3_600_000;
let folder: string;
let journal: JournalPort;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carebell-heard-'));
  journal = await openSqliteJournal(join(folder, 'carebell.db'));
});
afterEach(async () => {
  await journal.close();
  rmSync(folder, { recursive: true });
});

type Press = { afterMs?: number; ageMs?: number; kind?: string; deviceId?: string; data?: object };

function heard(gatewayId: string | null, id: string, press: Press = {}): Work {
  const { afterMs = 0, ageMs, kind = 'button.pressed', deviceId = 'b1', data = { key: 'help' } } = press;
  const origin = {
    deviceId,
    residentId: null,
    stationId: null,
    gatewayId,
    isKnown: false,
    receivedAtMs: at + afterMs,
  };
  return { name: 'receiveEvent', input: { event: { id, kind, ageMs, data: { ...data } }, origin } };
}

const commit = (...works: Work[]): Promise<Committed> => journal.commit(works, at);
const duplicates = ({ outcomes }: Committed) =>
  outcomes.map((outcome) => outcome.ok && (outcome.result as { isDuplicate: boolean }).isDuplicate);

function rows(sql: string): Record<string, unknown>[] {
  const db = new DatabaseSync(join(folder, 'carebell.db'), { readOnly: true });
  const all = db.prepare(sql).all() as Record<string, unknown>[];
  db.close();
  return all.map((row) => ({ ...row }));
}
const heardRows = () =>
  rows("SELECT type, heard_by FROM journal WHERE type IN ('event', 'echo') ORDER BY seq").map(
    ({ type, heard_by: by }) => `${String(type)} by ${String(by)}`,
  );

describe('a press that two gateways hear', () => {
  it.each([
    ['in one batch', true],
    ['one after the other', false],
  ])('is one press of one alarm, and an echo: %s', async (_, isOneBatch) => {
    const works = [heard('g1', 'e1'), heard('g2', 'e2', { afterMs: 40 })];
    const committed = isOneBatch
      ? await commit(...works)
      : { ...(await commit(...works.slice(0, 1))), ...(await commit(...works.slice(1))) };
    expect(duplicates(committed).at(-1)).toBe(true);
    expect(heardRows()).toEqual(['event by g1', 'echo by g2']);
    expect(rows("SELECT kind FROM journal WHERE kind IN ('raised', 'pressed-again')")).toEqual([
      { kind: 'raised' },
    ]);
    expect(rows('SELECT reason, subject, sample FROM refusals')).toEqual([
      { reason: 'heard-by-another-gateway', subject: 'b1', sample: 'e2' },
    ]);
  });

  it('is one press also if one of them was cut off and reports it an hour later', async () => {
    await commit(heard('g1', 'e1'));
    await commit(heard('g1', 'later', { afterMs: hourMs / 2 }));
    await commit(heard('g2', 'e2', { afterMs: hourMs, ageMs: hourMs - 900 }));
    expect(heardRows()).toEqual(['event by g1', 'event by g1', 'echo by g2']);
  });

  it('is two presses if the resident presses twice', async () => {
    await commit(heard('g1', 'e1'), heard('g2', 'e2'));
    await commit(heard('g2', 'e3', { afterMs: 1_600 }), heard('g1', 'e4', { afterMs: 1_650 }));
    expect(heardRows()).toEqual(['event by g1', 'echo by g2', 'event by g2', 'echo by g1']);
    expect(rows("SELECT kind FROM journal WHERE kind = 'pressed-again'")).toHaveLength(1);
  });

  it('is none of another device, kind or key, and none that is more than 3 s away', async () => {
    await commit(heard('g1', 'e1'));
    const others: Press[] = [
      { deviceId: 'b2' },
      { kind: 'fall.detected' },
      { data: { key: 'taxi' } },
      { afterMs: 3_001 },
      { afterMs: hourMs, ageMs: hourMs + 3_001 },
    ];
    const works = others.map((press, index) => heard('g2', `other-${index}`, press));
    expect(duplicates(await commit(...works))).toEqual(others.map(() => false));
  });

  it('comes through no gateway if the device speaks itself', async () => {
    await commit(heard('g1', 'e1'));
    expect(duplicates(await commit(heard(null, 'e2'), heard('g1', 'e3')))).toEqual([false, false]);
  });

  it('repeated by the second gateway, which missed its acknowledgement, is a duplicate of the echo', async () => {
    await commit(heard('g1', 'e1'), heard('g2', 'e2'));
    await commit(heard('g2', 'e2'));
    expect(heardRows()).toEqual(['event by g1', 'echo by g2']);
  });
});

it('what happened about a time is found by an index, however long the journal is', () => {
  const [plan] = rows(`EXPLAIN QUERY PLAN SELECT seq, at, type, kind, heard_by, body FROM journal
    WHERE at / 8000 IN (1, 2) AND device_id = 'b1' AND heard_by IS NOT NULL AND type IN ('event', 'echo')
      AND at BETWEEN 1 AND 2
      AND CASE type WHEN 'echo' THEN heard_by = 'g1' ELSE heard_by <> 'g1' AND kind = 'button.pressed' END`);
  expect(plan?.['detail']).toBe('SEARCH journal USING INDEX journal_heard (<expr>=? AND device_id=?)');
});
