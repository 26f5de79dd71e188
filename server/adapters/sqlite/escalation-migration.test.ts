import { afterEach, beforeEach, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chainStart } from '../../alarm/alarm-chain.ts';
import type { AlarmState } from '../../alarm/alarm-state.ts';
import { passDeadlines } from '../../alarm/alarm-works.ts';
import { escalationMigration } from '../store/migrations/escalation-migration.ts';
import { migrations } from '../store/migrations/migrations.ts';
import { kyselyOn } from './kysely-on.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './node-sqlite.ts';
import { createTransaction } from './sqlite-transaction.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'carebell-migration-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const nowMs = Date.UTC(2026, 2, 14);
const before = {
  kind: 'help',
  priority: 'emergency',
  pressedAtMs: nowMs - 3_600_000,
  raisedAtMs: nowMs - 3_600_000,
  lastPressedAtMs: nowMs - 3_600_000,
  presses: 1,
  isLate: false,
  cancelledAtMs: null,
  displayedAtMs: nowMs - 3_599_000,
  audience: 'station',
  deviceIds: [],
} as const;
const owner = { id: 'li', displayName: '李' };

it('alarms that are open when the hub is brought up to policies get theirs, without a deadline that nobody set', async () => {
  const db = openDatabase(join(dir, 'carebell.db'), 'write');
  for (const { number, sql } of migrations) {
    if (number >= escalationMigration.number) break;
    db.exec(sql);
    db.exec(`PRAGMA user_version = ${number}`);
  }
  const states: AlarmState[] = [
    { ...before, phase: 'raised', displayDeadlineAtMs: null },
    { ...before, phase: 'acknowledged', owner, acknowledgedAtMs: nowMs - 3_500_000 },
  ];
  states.forEach((state, index) => {
    db.prepare(
      `INSERT INTO alarms (id, subject, group_name, kind, priority, phase, device_id, state, pressed_at,
         version, last_seq, last_hash)
       VALUES (?, ?, 'help', 'help', 'emergency', ?, 'b1', ?, ?, 1, 1, ?)`,
    ).run(`a${index}`, `device:b${index}`, state.phase, JSON.stringify(state), state.pressedAtMs, chainStart);
  });
  migrate(db);

  const { tx, begin } = createTransaction(db, kyselyOn(db));
  begin(nowMs);
  expect(await passDeadlines(tx, null)).toBe(2);
  const rows = db.prepare('SELECT state, next_deadline_at AS next FROM alarms ORDER BY id').all();
  for (const row of rows) expect(Number(row['next'])).toBeGreaterThanOrEqual(nowMs);
  const [raised, held] = rows.map((row) => JSON.parse(String(row['state'])) as AlarmState);
  expect(raised).toMatchObject({ phase: 'raised', escalation: { missed: [], stepDueAtMs: nowMs } });
  expect(held).toMatchObject({
    phase: 'acknowledged',
    owner,
    escalation: { missed: [], stepDueAtMs: null, expiresAtMs: nowMs + 300_000 },
  });
  db.close();
});
