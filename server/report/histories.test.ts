import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CaseNumbers } from '@carebell/contracts/report.ts';
import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { openCases } from '../adapters/sqlite/cases-under-test.ts';
import type { Cases } from '../adapters/sqlite/cases-under-test.ts';
import { kyselyOn } from '../adapters/sqlite/kysely-on.ts';
import { createReportReads } from '../adapters/store/report-reads.ts';
import { gatherFacts } from './gather.ts';
import { numbersOf } from './numbers.ts';

const dir = mkdtempSync(join(tmpdir(), 'carebell-report-'));
afterAll(() => rmSync(dir, { recursive: true }));
let files = 0;
/** What the histories came to in all, so that numbers that are always 0 would be noticed. */
const seen = {
  cases: 0,
  tests: 0,
  late: 0,
  onSite: 0,
  missed: 0,
  falseAlarms: 0,
  expired: 0,
  asked: 0,
  reviewed: 0,
  scores: 0,
};

type Deed = (cases: Cases) => Promise<void>;
const user = { id: 'li', displayName: 'li' };
const which = fc.nat(3);
const deeds: fc.Arbitrary<Deed>[] = [
  fc
    .tuple(
      fc.constantFrom('b1', 'b2', 'f1', 'stray'),
      fc.constantFrom('button.pressed', 'fall.suspected', 'smoke.detected', 'water.detected', 'battery.low'),
      fc.constantFrom(0, 0, 40_000, 600_000),
    )
    .map(
      ([device, kind, ageMs]) =>
        (cases) =>
          cases.hear(device, kind, ageMs),
    ),
  // Practice, which is counted nowhere.
  which.map(
    (n) => (cases) =>
      cases.onAlarm(n, () => ({
        name: 'planDrill',
        input: {
          actorId: 'boss',
          scope: 'all',
          draw: 0.5,
          drill: { stationId: 'a', kind: 'help', residentId: null, startsAtMs: null, notifies: 'nobody' },
        },
      })),
  ),
  fc.integer({ min: 1, max: 200_000 }).map((ms) => (cases) => cases.pass(ms)),
  which.map(
    (n) => (cases) =>
      cases.onAlarm(n, (alarmId) => ({
        name: 'acknowledgeAlarm',
        input: { alarmId, user, takeOver: false },
      })),
  ),
  which.map(
    (n) => (cases) =>
      cases.onAlarm(n, (alarmId) => ({
        name: 'recordDisplayed',
        input: { alarmIds: [alarmId], user, screenId: 's' },
      })),
  ),
  fc
    .tuple(which, fc.constantFrom('false-alarm', 'test', 'helped-on-site', 'helped-by-phone'))
    .map(([n, disposition]) => async (cases) => {
      await cases.onAlarm(n, (alarmId) => ({
        name: 'closeAlarm',
        input: { alarmId, user, mayCloseForOthers: true, disposition, proof: 'voice-contact', note: 'n' },
      }));
      if (disposition !== 'helped-by-phone') return;
      await cases.onAlarm(n, (alarmId) => ({
        name: 'reviewMiss',
        input: { user, scope: 'all', alarmId, note: '漏看' },
      }));
    }),
  which.map(
    (n) => (cases) =>
      cases.onAlarm(n, (alarmId) => ({
        name: 'reopenAlarm',
        input: { alarmId, user, mayCloseForOthers: true, closedAtMs: null, note: '' },
      })),
  ),
  fc
    .tuple(which, fc.constantFrom('answered', 'not-reached', 'declined'), fc.integer({ min: 1, max: 5 }))
    .map(([n, result, score]) => async (cases) => {
      if (n === 3) return;
      const asked = { result, score: result === 'answered' ? score : null, note: '' };
      await cases.onAlarm(n, (alarmId) => ({
        name: 'acknowledgeAlarm',
        input: { alarmId, user, takeOver: false },
      }));
      await cases.onAlarm(n, (alarmId) => ({
        name: 'closeAlarm',
        input: { alarmId, user, mayCloseForOthers: true, ...helped },
      }));
      await cases.onAlarm(n, (alarmId) => ({
        name: 'recordFollowUp',
        input: { alarmId, user, ...asked },
      }));
    }),
  fc.constantFrom('taken', 'on-the-way', 'on-site', 'done').map((report) => (cases) => cases.respond(report)),
];

const helped = { disposition: 'helped-by-phone', proof: 'voice-contact', note: '' } as const;

/** The same numbers by SQL alone, from nothing but the journal. */
function countedAnew(file: string, nowMs: number): CaseNumbers {
  using db = new DatabaseSync(file, { readOnly: true });
  db.exec(`
    CREATE TEMP VIEW steps AS SELECT seq, alarm_id AS id, at, kind AS step, body FROM journal WHERE type = 'alarm';
    CREATE TEMP VIEW every AS SELECT s.id, s.at AS stored, s.body ->> 'pressedAtMs' AS pressed,
      s.body ->> 'receivedAtMs' AS received,
      (SELECT min(at) FROM steps d WHERE d.id = s.id AND d.step = 'displayed') AS displayed,
      (SELECT at FROM steps a WHERE a.id = s.id AND a.step = 'acknowledged' AND a.seq > coalesce(
        (SELECT max(seq) FROM steps e WHERE e.id = s.id AND e.step = 'acknowledgement-expired'), 0)
        ORDER BY seq LIMIT 1) AS answered,
      (SELECT min(at) FROM steps r WHERE r.id = s.id AND r.step = 'responder-reported'
        AND r.body ->> 'report' IN ('on-site', 'help-needed', 'done')) AS there,
      (SELECT CASE step WHEN 'closed' THEN at END FROM steps c WHERE c.id = s.id
        AND c.step IN ('closed', 'reopened') ORDER BY seq DESC LIMIT 1) AS closed,
      (SELECT CASE step WHEN 'closed' THEN body ->> 'disposition' END FROM steps c WHERE c.id = s.id
        AND c.step IN ('closed', 'reopened') ORDER BY seq DESC LIMIT 1) AS disposition,
      (SELECT f.body FROM steps f WHERE f.id = s.id AND f.step = 'resident-asked'
        AND f.body ->> 'result' <> 'not-reached' AND f.seq > coalesce(
        (SELECT max(seq) FROM steps e WHERE e.id = s.id AND e.step = 'reopened'), 0) ORDER BY seq DESC LIMIT 1) AS asked,
      EXISTS (SELECT 1 FROM steps m WHERE m.id = s.id AND m.step = 'deadline-missed'
        AND m.body ->> 'deadline' = 'on-site') AS not_there
      FROM steps s WHERE step = 'raised' AND s.body ->> 'drill' IS NULL
        AND s.body ->> 'kind' NOT IN ('tamper', 'battery-low', 'mains-lost', 'store-failing', 'history-failing');
    CREATE TEMP VIEW cases AS SELECT * FROM every WHERE disposition IS NOT 'test';`);
  const one = (sql: string): number => Number(Object.values(db.prepare(sql).get() ?? {})[0] ?? 0);
  const all = (sql: string) => db.prepare(sql).all() as Record<string, unknown>[];
  const portion = (of: string, met: string, from = 'cases') => {
    const [n, m] = [
      one(`SELECT count(*) FROM ${from} WHERE ${of}`),
      one(`SELECT count(*) FROM ${from} WHERE ${met}`),
    ];
    return { of: n, met: m, share: n === 0 ? null : m / n };
  };
  const within = (ms: number) =>
    portion(`answered IS NOT NULL OR ${nowMs} - pressed > ${ms}`, `max(0, answered - pressed) <= ${ms}`);
  const hop = (from: string, to: string) => {
    const times = all(
      `SELECT max(0, ${to} - ${from}) AS ms FROM cases WHERE ${from} + ${to} IS NOT NULL`,
    ).map(({ ms }) => Number(ms));
    // The least time that at least this part of all does not exceed.
    const part = (share: number) =>
      Math.min(...times.filter((ms) => times.filter((other) => other <= ms).length >= share * times.length));
    return times.length === 0
      ? {}
      : { count: times.length, p50Ms: part(0.5), p95Ms: part(0.95), p99Ms: part(0.99), maxMs: part(1) };
  };
  const hops = {
    received: hop('pressed', 'received'),
    stored: hop('received', 'stored'),
    displayed: hop('stored', 'displayed'),
    acknowledged: hop('coalesce(displayed, stored)', 'answered'),
    closed: hop('answered', 'closed'),
    answered: hop('pressed', 'answered'),
    'on-site': hop('pressed', 'there'),
  };
  const helped = "disposition IN ('helped-by-phone', 'helped-on-site')";
  const answers = one(`SELECT count(*) FROM cases WHERE ${helped} AND asked ->> 'score' IS NOT NULL`);
  const isDue =
    "closed IS NOT NULL AND EXISTS (SELECT 1 FROM steps m WHERE m.id = cases.id AND m.step = 'deadline-missed')";
  const isReviewed =
    "EXISTS (SELECT 1 FROM journal r WHERE r.kind = 'miss-reviewed' AND r.body ->> 'id' = cases.id)";
  return {
    reviews: portion(isDue, `${isDue} AND ${isReviewed}`),
    satisfaction: {
      asked: portion(helped, `${helped} AND asked IS NOT NULL`),
      answers,
      mean: answers === 0 ? null : one(`SELECT avg(asked ->> 'score') FROM cases WHERE ${helped}`),
    },
    cases: one('SELECT count(*) FROM cases'),
    open: one('SELECT count(*) FROM cases WHERE closed IS NULL'),
    tests: one('SELECT count(*) FROM every') - one('SELECT count(*) FROM cases'),
    within60s: within(60_000),
    within180s: within(180_000),
    onSite: portion('there IS NOT NULL OR not_there', 'there IS NOT NULL AND NOT not_there'),
    falseAlarms: one("SELECT count(*) FROM cases WHERE disposition = 'false-alarm'"),
    hops: Object.fromEntries(Object.entries(hops).filter(([, times]) => 'count' in times)),
    missed: all(`SELECT body ->> 'deadline' AS deadline, body ->> 'reason' AS reason, count(*) AS count
      FROM steps JOIN cases USING (id) WHERE step = 'deadline-missed' GROUP BY 1, 2`) as unknown as CaseNumbers['missed'],
    dispositions: Object.fromEntries(
      all('SELECT disposition, count(*) AS n FROM cases WHERE disposition IS NOT NULL GROUP BY 1').map(
        ({ disposition, n }) => [disposition, Number(n)],
      ),
    ),
  };
}

const sorted = ({ missed, ...numbers }: CaseNumbers) => ({
  ...numbers,
  missed: missed.map(({ deadline, reason, count }) => `${deadline} ${reason} ${count}`).toSorted(),
});

it('whatever happens, the numbers are those that the journal gives by another way of counting', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(...deeds), { minLength: 8, maxLength: 50 }), async (history) => {
      files += 1;
      const file = join(dir, `${files}.db`);
      const cases = await openCases(file, { hasPolicy: true });
      for (const deed of history) await deed(cases);
      const nowMs = cases.now();
      cases.close();
      using db = new DatabaseSync(file, { readOnly: true });
      const facts = await gatherFacts(createReportReads(kyselyOn(db)), {
        fromMs: 0,
        toMs: nowMs + 1,
        scope: 'all',
      });
      const numbers = numbersOf(facts, nowMs);
      expect(sorted(numbers)).toEqual(sorted(countedAnew(file, nowMs)));
      seen.cases += numbers.cases;
      seen.tests += numbers.tests;
      seen.late += numbers.within60s.of - numbers.within60s.met;
      seen.onSite += numbers.onSite.met;
      seen.missed += numbers.missed.length;
      seen.asked += numbers.satisfaction.asked.met;
      seen.reviewed += numbers.reviews.met;
      seen.scores += numbers.satisfaction.answers;
      seen.falseAlarms += numbers.falseAlarms;
      seen.expired += numbers.missed.filter(({ reason }) => reason === 'acknowledgement-expired').length;
    }),
    { numRuns: 60, seed: 11 },
  );
  expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
}, 120_000);
