import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { AbsenceOutcome } from '../../resident/absence-outcome.ts';
import { openCases } from './cases-under-test.ts';
import { createDetectionRows } from './detection-rows.ts';
import { openDatabase } from './node-sqlite.ts';

const dir = mkdtempSync(join(tmpdir(), 'carebell-detection-absences-'));
afterAll(() => rmSync(dir, { recursive: true }));
const hour = 3_600_000;
const call = { actorId: 'li', scope: 'all' as const };

it('rules about silence know absences by when they really ended, and none that was taken back before it began', async () => {
  const file = join(dir, 'hub.db');
  const cases = await openCases(file, { hasPolicy: false });
  const begunMs = cases.now();
  const enter = async (fromMs: number, untilMs: number): Promise<string> => {
    const absence = { kind: 'away' as const, fromMs, untilMs, note: '' };
    const input = { ...call, residentId: 'wang', absence };
    const outcome = (await cases.carryOut({ name: 'setAbsence', input })) as AbsenceOutcome;
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.id;
  };
  const early = await enter(begunMs, begunMs + 8 * hour);
  const never = await enter(begunMs + 9 * hour, begunMs + 20 * hour);
  await enter(begunMs + 30 * hour, begunMs + 40 * hour);
  await cases.pass(2 * hour);
  for (const id of [early, never]) await cases.carryOut({ name: 'endAbsence', input: { ...call, id } });
  const db = openDatabase(file, 'write');
  const watched = await createDetectionRows(db).watched('wang', cases.now());
  expect(watched?.absences).toEqual([
    { kind: 'away', fromMs: begunMs, untilMs: begunMs + 2 * hour },
    { kind: 'away', fromMs: begunMs + 30 * hour, untilMs: begunMs + 40 * hour },
  ]);
  db.close();
  cases.close();
});
