import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { absenceKinds } from '@carebell/contracts/absence.ts';
import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { openCases } from '../adapters/sqlite/cases-under-test.ts';
import type { Cases } from '../adapters/sqlite/cases-under-test.ts';
import type { AbsenceOutcome } from './absence-outcome.ts';

const dir = mkdtempSync(join(tmpdir(), 'carebell-absences-'));
afterAll(() => rmSync(dir, { recursive: true }));
let files = 0;
const seen = { alarms: 0, notifications: 0, absences: 0 };

type Deed = { is: 'absence' | 'other'; does: (cases: Cases, absences: string[]) => Promise<void> };
const other = (does: (cases: Cases) => Promise<void>): Deed => ({ is: 'other', does });
const who = { actorId: 'li', scope: 'all' as const };

const press = fc
  .tuple(
    fc.constantFrom('b1', 'b2', 'f1'),
    fc.constantFrom('button.pressed', 'fall.suspected', 'fall.detected', 'smoke.detected', 'gas.detected'),
  )
  .map(([deviceId, kind]) => other((cases) => cases.hear(deviceId, kind, 0)));
const time = fc.oneof(
  fc.constant(other((cases) => cases.passToNextDeadline())),
  fc.integer({ min: 1, max: 7_200_000 }).map((ms) => other((cases) => cases.pass(ms))),
);
const handling = fc.nat(2).map((n) =>
  other((cases) =>
    cases.onAlarm(n, (alarmId) => ({
      name: 'acknowledgeAlarm',
      input: { alarmId, user: { id: 'li', displayName: 'li' }, takeOver: false },
    })),
  ),
);
const span = fc.record({
  kind: fc.constantFrom(...absenceKinds),
  fromInMs: fc.constantFrom(null, -3_600_000, 60_000),
  lastsMs: fc.integer({ min: 60_000, max: 7_200_000 }),
});
const absence = fc.oneof(
  span.map(({ kind, fromInMs, lastsMs }): Deed => ({
    is: 'absence',
    async does(cases, absences) {
      const fromMs = fromInMs === null ? null : cases.now() + fromInMs;
      const untilMs = (fromMs ?? cases.now()) + lastsMs;
      const input = { ...who, residentId: 'wang', absence: { kind, fromMs, untilMs, note: '' } };
      const outcome = (await cases.carryOut({ name: 'setAbsence', input })) as AbsenceOutcome;
      if (outcome.ok) absences.push(outcome.id);
    },
  })),
  fc.constantFrom('endAbsence' as const, 'changeAbsence' as const).map((name): Deed => ({
    is: 'absence',
    async does(cases, absences) {
      const id = absences.at(-1);
      if (id === undefined) return;
      if (name === 'endAbsence') await cases.carryOut({ name, input: { ...who, id } });
      else {
        const change = { untilMs: cases.now() + 600_000 };
        await cases.carryOut({ name, input: { ...who, id, change } });
      }
    },
  })),
  fc.constant<Deed>({
    is: 'absence',
    does: async (cases) => void (await cases.carryOut({ name: 'passAbsences', input: null })),
  }),
);

/** Everything that the hub keeps and does about alarms, under names that are the same in two hubs. */
async function lives(deeds: readonly Deed[]): Promise<{ story: unknown; absences: number }> {
  files += 1;
  const cases = await openCases(join(dir, `${files}.db`), { hasPolicy: true });
  const absences: string[] = [];
  for (const deed of deeds) await deed.does(cases, absences);
  const alarms = cases.alarms();
  const story = alarms.map(({ id, state, nextDeadlineAtMs }) => {
    const steps = cases.steps(id).map(({ atMs, body }) => [atMs, body]);
    return { state, nextDeadlineAtMs, steps, notifications: cases.notifications(id) };
  });
  seen.notifications += alarms.reduce((sum, { id }) => sum + cases.notifications(id).length, 0);
  seen.alarms += alarms.length;
  seen.absences += absences.length;
  cases.close();
  return { story: nameless(story), absences: absences.length };
}

/** Identifiers are random, and people stand in the order of theirs. */
function nameless(value: unknown): unknown {
  const text = JSON.stringify(value).replaceAll(/(?<=\\?")[0-9a-z]{16}(?=(?:-\d+)?\\?")/g, 'id');
  return JSON.parse(text, (_, part: unknown) => {
    if (typeof part === 'string' && part.startsWith('{')) return nameless(JSON.parse(part));
    return Array.isArray(part) ? part.toSorted(byText) : part;
  });
}

const byText = (a: unknown, b: unknown): number => JSON.stringify(a).localeCompare(JSON.stringify(b));

it('an absence changes nothing about any alarm: not its raising, its steps, its deadlines or who is told', async () => {
  const deeds = fc.oneof(
    { weight: 3, arbitrary: press },
    { weight: 2, arbitrary: time },
    { weight: 1, arbitrary: handling },
    { weight: 3, arbitrary: absence },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(deeds, { minLength: 8, maxLength: 30, size: 'medium' }), async (history) => {
      const withAbsences = await lives(history);
      const without = await lives(history.filter(({ is }) => is === 'other'));
      expect(without.absences).toBe(0);
      expect(withAbsences.story).toEqual(without.story);
    }),
    { numRuns: 40 },
  );
  expect(seen.alarms).toBeGreaterThan(40);
  expect(seen.notifications).toBeGreaterThan(40);
  expect(seen.absences).toBeGreaterThan(10);
});

it('a resident who lies in hospital and presses is raised at once, and the alarm says where they are', async () => {
  files += 1;
  const cases = await openCases(join(dir, `${files}.db`), { hasPolicy: true });
  const absent = { kind: 'in-hospital' as const, fromMs: null, untilMs: cases.now() + 86_400_000, note: '' };
  await cases.carryOut({ name: 'setAbsence', input: { ...who, residentId: 'wang', absence: absent } });
  await cases.hear('b1', 'button.pressed', 0);
  expect(cases.alarms()).toMatchObject([{ state: { phase: 'raised', kind: 'help', priority: 'emergency' } }]);
  cases.close();
});
