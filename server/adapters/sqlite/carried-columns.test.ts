import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { carriedColumns, moveInstants } from '../store/carried-columns.ts';
import { openCases } from './cases-under-test.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './node-sqlite.ts';

const dir = mkdtempSync(join(tmpdir(), 'carebell-carried-'));
afterAll(() => rmSync(dir, { recursive: true }));
const dayMs = 86_400_000;

/** Every other column of an instant, and why it stays as it is when the clock is set. */
const staying: Record<string, readonly string[]> = {
  'a record of what was': [
    'alarms.ask_since',
    'button_tests.tested_at',
    'campaign_calls.last_at',
    'care_beds.ended_at',
    'care_beds.opened_at',
    'commands.finished_at',
    'commissioning_checks.confirmed_at',
    'commissioning_checks.passed_at',
    'commissioning_points.created_at',
    'commissioning_points.done_at',
    'commissionings.ended_at',
    'commissionings.started_at',
    'dead_letters.at',
    'dead_letters.refused_at',
    'device_claims.locked_at',
    'device_claims.used_at',
    'devices.entered_at',
    'devices.retired_at',
    'dismissed_codes.dismissed_at',
    'erasures.finished_at',
    'erasures.requested_at',
    'event_keys_0.received_at',
    'event_keys_1.received_at',
    'event_keys_2.received_at',
    'firmware.since',
    'hub_clock.at',
    'journal.at',
    'journal.received_at',
    'maintenance_jobs.done_at',
    'maintenance_jobs.opened_at',
    'maintenance_jobs.taken_at',
    'miss_reviews.reviewed_at',
    'monthly_reports.made_at',
    'outlines.changed_at',
    'refusals.first_at',
    'refusals.last_at',
    'report_mails.sent_at',
    'second_factors.confirmed_at',
    'service_accounts.created_at',
    'service_requests.ended_at',
    'test_modes.ended_at',
    'tokens.created_at',
    'unknown_devices.first_at',
    'unknown_devices.last_at',
    'users.last_login_at',
    'visit_campaigns.ended_at',
    'visit_campaigns.started_at',
    'visit_digests.made_at',
    'visit_digests.told_at',
    'visit_follow_ups.done_at',
    'visit_presses.at',
    'visits.at',
    'visits.checked_in_at',
    'visits.recorded_at',
    'visits.started_at',
    'wished_firmware.set_at',
  ],
  'a day or an appointment of the calendar': [
    'absences.due_at',
    'absences.ended_at',
    'absences.from_at',
    'absences.set_at',
    'absences.until_at',
    'commissioning_points.due_at',
    'drills.starts_at',
    'duty.until_at',
    'duty_turns.from_at',
    'duty_turns.until_at',
    'owed_visits.from_at',
    'owed_visits.opened_at',
    'owed_visits.settled_at',
    'owed_visits.sign_at',
    'owed_visits.until_at',
    'tokens.expires_at',
    'visit_campaigns.until_at',
    'visit_digest_looks.next_at',
    'visit_looks.looked_at',
    'visit_looks.next_at',
  ],
};

describe('when the clock was set while the hub was away', () => {
  it('every column of an instant is known either to go with it or to stay', () => {
    const db = openDatabase(join(dir, 'schema.db'), 'write');
    migrate(db);
    const columns = db
      .prepare(
        `SELECT t.name || '.' || c.name AS name FROM sqlite_master t JOIN pragma_table_info(t.name) c
         WHERE t.type = 'table' AND c.type = 'INTEGER'
           AND (c.name GLOB '*_at' OR c.name = 'at' OR c.name GLOB '*since' OR c.name GLOB '*_until')
         ORDER BY 1`,
      )
      .all()
      .map((row) => String(row['name']));
    const carried = carriedColumns.flatMap(({ table, columns: of }) => of.map((name) => `${table}.${name}`));
    const known = new Set([...carried, ...Object.values(staying).flat()]);
    expect(columns.filter((name) => !known.has(name))).toEqual([]);
    for (const { table, key, columns: moved, json, where } of carriedColumns)
      db.prepare(
        `SELECT ${[...moved, ...json, ...(json.length > 0 ? [key] : [])].join(', ')} FROM ${table} WHERE ${where}`,
      ).all();
    db.close();
  });

  it('instants in JSON go with it; durations, counts and appointments do not', () => {
    const atMs = Date.UTC(2026, 2, 14);
    const state = { dueAtMs: atMs, plan: { afterMs: 60_000 }, list: [{ atMs }, null, 'x'], wishedAtMs: atMs };
    expect(moveInstants(state, -dayMs)).toEqual({
      ...state,
      dueAtMs: atMs - dayMs,
      list: [{ atMs: atMs - dayMs }, null, 'x'],
    });
  });

  it.each([
    ['a day back', -dayMs],
    ['a day forward', dayMs],
  ])(
    '%s, the next step of an open alarm comes after the time that it had left, and no sooner',
    async (_, byMs) => {
      const cases = await openCases(join(dir, `cases${byMs}.db`), { hasPolicy: true });
      const begin = (uptimeMs: number) =>
        cases.carryOut({ name: 'beginClock', input: { boot: 'b1', uptimeMs } });
      await begin(0);
      await cases.hear('b1', 'button.pressed', 0);
      await cases.pass(6_000);
      const [before] = cases.alarms();
      const leftMs = before!.nextDeadlineAtMs! - cases.now();
      expect(leftMs).toBeGreaterThan(2_000);

      cases.restart();
      cases.setClock(byMs);
      expect(await begin(6_000)).toBe(byMs);
      const [carried] = cases.alarms();
      expect(carried!.nextDeadlineAtMs! - cases.now()).toBe(leftMs);
      expect(carried!.state.raisedAtMs).toBe(before!.state.raisedAtMs + byMs);
      const steps = () =>
        cases.steps(before!.id).map(({ body }) => (JSON.parse(body) as { step: string }).step);
      const told = steps().length;
      await cases.pass(leftMs - 1_000);
      expect(steps()).toHaveLength(told);
      await cases.pass(1_000);
      expect(steps().length).toBeGreaterThan(told);
      // What was written before stays, in the order in which it was written.
      expect(cases.steps(before!.id)[0]!.atMs).toBe(before!.state.raisedAtMs);
      cases.close();
    },
  );
});
