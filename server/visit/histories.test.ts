import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { riskGroups } from '@carebell/contracts/registry.ts';
import { visitFindingsSchema } from '@carebell/contracts/visits.ts';
import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { openCases } from '../adapters/sqlite/cases-under-test.ts';
import type { Cases } from '../adapters/sqlite/cases-under-test.ts';
import { periodAt } from './period.ts';

const dir = mkdtempSync(join(tmpdir(), 'carebell-visits-'));
afterAll(() => rmSync(dir, { recursive: true }));

const timeZone = 'Asia/Shanghai';
const hour = 3_600_000;
const who = { actorId: 'li', scope: 'all' as const };
let files = 0;
const seen = { owed: 0, missed: 0, done: 0, excused: 0 };

type Deed = (cases: Cases) => Promise<void>;
const look: Deed = async (cases) => {
  while (((await cases.carryOut({ name: 'lookAtVisits', input: { timeZone } })) as number) > 0);
};
const deeds = fc.oneof(
  fc.subarray([...riskGroups], { maxLength: 2 }).map((groups): Deed => async (cases) => {
    const input = { ...who, id: 'wang', change: { riskGroups: groups } };
    await cases.carryOut({ name: 'changeResident', input });
  }),
  fc
    .constantFrom('weekly' as const, 'monthly' as const, 'none' as const, null)
    .map((frequency): Deed => async (cases) => {
      const input = { ...who, timeZone, residentId: 'wang', frequency, note: 'tested' };
      await cases.carryOut({ name: 'putVisitPlan', input });
    }),
  fc.constantFrom('weekly' as const, 'monthly' as const).map((frequency): Deed => async (cases) => {
    const settings = { frequencies: { 'living-alone': frequency, others: 'quarterly' as const } };
    await cases.carryOut({ name: 'putVisitSettings', input: { ...who, organisationId: 'street', settings } });
  }),
  fc.boolean().map((isMet): Deed => async (cases) => {
    const visit = {
      residentId: 'wang',
      kind: 'in-person' as const,
      result: isMet ? ('met' as const) : ('not-met' as const),
      reason: isMet ? null : ('nobody-home' as const),
      startedAtMs: null,
      atMs: null,
      labelDwellingId: null,
      findings: visitFindingsSchema.parse({}),
      followUp: null,
    };
    await cases.carryOut({ name: 'recordVisit', input: { ...who, timeZone, visit } });
  }),
  fc.integer({ min: 1, max: 300 }).map((hours): Deed => async (cases) => {
    const absence = {
      kind: 'in-hospital' as const,
      fromMs: null,
      untilMs: cases.now() + hours * hour,
      note: '',
    };
    await cases.carryOut({ name: 'setAbsence', input: { ...who, residentId: 'wang', absence } });
  }),
  fc.constant<Deed>(async (cases) => {
    await cases.hear('b1', 'fall.detected', 0);
    const user = { id: 'li', displayName: 'li' };
    await cases.onAlarm(0, (alarmId) => ({
      name: 'acknowledgeAlarm',
      input: { alarmId, user, takeOver: true },
    }));
    const close = { user, mayCloseForOthers: true, disposition: 'helped-on-site' as const, note: '' };
    await cases.onAlarm(0, (alarmId) => ({
      name: 'closeAlarm',
      input: { alarmId, ...close, proof: 'voice-contact' },
    }));
  }),
  fc.constant<Deed>((cases) => Promise.resolve(cases.restart())),
  // While the hub is off nothing is looked at.
  fc.integer({ min: 1, max: 400 }).map(
    (hours): Deed =>
      (cases) =>
        cases.pass(hours * hour),
  ),
);

type Row = { cause: string; ref: string; phase: string; from_at: number; until_at: number };

it('whoever is due has exactly one visit of each period, through restarts, changes of groups and nights off', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(deeds, fc.integer({ min: 1, max: 240 })), { minLength: 4, maxLength: 14 }),
      async (history) => {
        files += 1;
        const file = join(dir, `${files}.db`);
        const cases = await openCases(file, { hasPolicy: false });
        const reader = new DatabaseSync(file);
        let before: Row[] = [];
        try {
          for (const [deed, hours] of history) {
            await deed(cases);
            await cases.carryOut({ name: 'passAbsences', input: null });
            await look(cases);
            const rows = reader
              .prepare('SELECT * FROM owed_visits WHERE resident_id = ? ORDER BY from_at')
              .all('wang') as Row[];
            const plan = reader
              .prepare('SELECT frequency FROM visit_plans WHERE resident_id = ?')
              .get('wang') as { frequency: string | null } | undefined;
            check(rows, before, { nowMs: cases.now(), frequency: plan?.frequency ?? null });
            before = rows;
            await cases.pass(hours * hour);
          }
        } finally {
          for (const { phase } of before) {
            seen.owed += 1;
            if (phase in seen) seen[phase as 'missed'] += 1;
          }
          reader.close();
          cases.close();
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(seen.owed).toBeGreaterThan(100);
  expect(Math.min(seen.missed, seen.done, seen.excused)).toBeGreaterThan(5);
}, 120_000);

function check(
  rows: Row[],
  before: Row[],
  { nowMs, frequency }: { nowMs: number; frequency: string | null },
): void {
  const names = rows.map(({ cause, ref }) => `${cause} ${ref}`);
  expect(new Set(names).size).toBe(names.length);
  // Nothing is lost.
  expect(names).toEqual(expect.arrayContaining(before.map(({ cause, ref }) => `${cause} ${ref}`)));
  const current = rows.filter(
    ({ cause, phase, from_at: fromAt, until_at: untilAt }) =>
      cause !== 'after-event' &&
      fromAt <= nowMs &&
      nowMs < untilAt &&
      phase !== 'dropped' &&
      phase !== 'done',
  );
  expect(current.length).toBeLessThanOrEqual(1);
  if (frequency === 'weekly' || frequency === 'monthly') {
    const { fromMs } = periodAt(frequency, nowMs, timeZone);
    const own = rows.filter((row) => row.cause === frequency && row.from_at === fromMs);
    expect(own.map(({ phase }) => phase)).not.toContain('dropped');
    expect(own).toHaveLength(1);
  }
  if (frequency === 'none') expect(current).toEqual([]);
  for (const { phase, until_at: untilAt } of rows) if (untilAt <= nowMs) expect(phase).not.toBe('open');
}
