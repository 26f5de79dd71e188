import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { instant, instantOrNull } from '../../clock.ts';
import type { CopyPart, HistoryReads } from '../../history/history-reads.ts';
import { createAbsenceReads } from './absence-reads.ts';
import { createCareBedReads } from './care-bed-reads.ts';
import { createDetectionReads } from './detection-reads.ts';
import { createRegistryReads } from './registry-reads.ts';
import { createRequestReads } from './request-reads.ts';
import { opened } from './sealed-texts.ts';
import type { Tables } from './tables.ts';
import { createVisitReads } from './visit-reads.ts';
import { followUpRecordOf, openedFollowUp, owedOf } from './visit-rows.ts';

const requestsAtOnce = 100;
/** More than anybody is visited in a life. */
const all = 100_000;

/** What is held about a resident besides alarms, journal and history. */
export function createResidentCopy(db: Kysely<Tables>): Pick<HistoryReads, 'copyOf'> {
  const registry = createRegistryReads(db);
  const requests = createRequestReads(db);
  const visits = createVisitReads(db);
  const absences = createAbsenceReads(db);
  const beds = createCareBedReads(db);
  const detection = createDetectionReads(db);

  async function* requestsOf(residentId: string): AsyncGenerator<object[]> {
    let after: string | undefined;
    do {
      const page = await requests.requests({
        view: 'all',
        residentId,
        scope: 'all',
        userId: '',
        todayMs: 0,
        limit: requestsAtOnce,
        after,
      });
      const items: object[] = [];
      for (const request of page.items)
        items.push({ ...request, timeline: await requests.timeline(request.id) });
      yield items;
      after = page.cursor ?? undefined;
    } while (after !== undefined);
  }

  async function followUpsOf(residentId: string): Promise<object[]> {
    const rows = await db
      .selectFrom('visit_follow_ups')
      .selectAll()
      .select(openedFollowUp)
      .where('resident_id', '=', residentId)
      .orderBy('due_day')
      .execute();
    return rows.map((row) => {
      const { doneAtMs, ...followUp } = followUpRecordOf(row);
      return { ...followUp, doneAt: instantOrNull(doneAtMs) };
    });
  }

  async function owedTo(residentId: string): Promise<object[]> {
    const rows = await db
      .selectFrom('owed_visits')
      .selectAll()
      .where('resident_id', '=', residentId)
      .orderBy('from_at')
      .execute();
    return rows.map((row) => {
      const { fromMs, untilMs, openedAtMs, settledAtMs, signAtMs, ...owed } = owedOf(row);
      return {
        ...owed,
        from: instant(fromMs),
        until: instant(untilMs),
        openedAt: instant(openedAtMs),
        settledAt: instantOrNull(settledAtMs),
        signAt: instantOrNull(signAtMs),
      };
    });
  }

  async function planOf(residentId: string): Promise<object[]> {
    return db
      .selectFrom('visit_plans')
      .select(['frequency', opened('visit_plans.note').as('note')])
      .where('resident_id', '=', residentId)
      .execute();
  }

  async function callsOf(residentId: string): Promise<object[]> {
    const rows = await db
      .selectFrom('campaign_calls')
      .innerJoin('visit_campaigns', 'visit_campaigns.id', 'campaign_id')
      .select(['campaign_id as campaignId', 'name', 'kind', 'result', 'tries'])
      .select(sql<number | null>`last_at`.as('lastAtMs'))
      .where('resident_id', '=', residentId)
      .orderBy('started_at')
      .execute();
    return rows.map(({ lastAtMs, ...call }) => ({ ...call, lastAt: instantOrNull(lastAtMs) }));
  }

  async function bedsOf(residentId: string): Promise<object[]> {
    const rows = await db
      .selectFrom('care_beds')
      .select('id')
      .where('resident_id', '=', residentId)
      .orderBy('opened_at')
      .execute();
    const found = await Promise.all(rows.map(({ id }) => beds.bed(id)));
    return found.filter((bed) => bed !== undefined);
  }

  async function drillsOf(residentId: string): Promise<object[]> {
    const rows = await db
      .selectFrom('drills')
      .select(['id', 'kind', 'phase', 'starts_at', 'alarm_id as alarmId'])
      .where('resident_id', '=', residentId)
      .orderBy('starts_at')
      .execute();
    return rows.map(({ starts_at: startsAtMs, ...drill }) => ({ ...drill, startsAt: instant(startsAtMs) }));
  }

  async function dwellingOf(residentId: string): Promise<object[]> {
    const resident = await registry.resident(residentId);
    const dwelling = resident && (await registry.dwelling(resident.dwellingId));
    return dwelling ? [dwelling] : [];
  }

  const parts: Record<Exclude<CopyPart, 'requests'>, (residentId: string) => Promise<object[]>> = {
    dwelling: dwellingOf,
    absences: (residentId) => absences.absencesOf(residentId, all),
    careBeds: bedsOf,
    visits: (residentId) => visits.visitsOf(residentId, all),
    visitsOwed: owedTo,
    visitFollowUps: followUpsOf,
    visitPlan: planOf,
    campaignCalls: callsOf,
    rules: async (residentId) => (await detection.residentRules(residentId)).rules,
    drills: drillsOf,
  };
  return {
    async *copyOf(part, residentId) {
      if (part === 'requests') yield* requestsOf(residentId);
      else yield await parts[part](residentId);
    },
  };
}
