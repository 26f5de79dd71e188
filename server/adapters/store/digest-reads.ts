import type { EscalationTier } from '@carebell/contracts/visits.ts';
import { escalationTiers } from '@carebell/contracts/visits.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DigestReads } from '../../visit/digest-store.ts';
import { isInScope } from './page-rows.ts';
import type { Tables } from './tables.ts';
import { isAwayAt } from './visit-rows.ts';

const farMs = 2 * 86_400_000;
const daysKnown = 3;

const isOverdue = sql<boolean>`phase = 'missed' AND settled_at IS NULL`;

export function createDigestReads(db: Kysely<Tables>): DigestReads {
  return {
    async digestsDue(nowMs, limit) {
      const rows = await db
        .selectFrom('visit_digest_looks')
        .innerJoin('organisations', 'organisations.id', 'visit_digest_looks.organisation_id')
        .select(['organisation_id', 'organisations.level'])
        .select(
          // As they were made: a clock that was wrong for a day may have made one of a day to come.
          sql<string>`(SELECT json_group_array(day) FROM (SELECT day FROM visit_digests
            WHERE visit_digests.organisation_id = visit_digest_looks.organisation_id
            ORDER BY rowid DESC LIMIT ${daysKnown}))`.as('told_days'),
        )
        // It is never further off than tomorrow, unless the clock was set back since.
        .where((where) => where.or([where('next_at', '<=', nowMs), where('next_at', '>', nowMs + farMs)]))
        .orderBy('next_at')
        // Who is nearest is told first.
        .orderBy(sql`CASE level WHEN 'station' THEN 0 WHEN 'street' THEN 1 ELSE 2 END`)
        .orderBy('organisation_id')
        .limit(limit)
        .execute();
      return rows.map(({ organisation_id: organisationId, level: tier, told_days: days }) => ({
        organisationId,
        tier,
        toldDays: JSON.parse(days) as string[],
      }));
    },
    async overdueVisits({ scope, tier, nowMs }) {
      const rows = await db
        .selectFrom('owed_visits')
        .select('id')
        .where(isOverdue)
        .where('tier', 'in', comeTo(tier))
        .where(isInScope('station_id', scope))
        .where(sql<boolean>`NOT ${isAwayAt(nowMs)}`)
        .orderBy('until_at')
        .execute();
      return rows.map(({ id }) => id);
    },
    async digestContents(id, atMost) {
      const digest = await db
        .selectFrom('visit_digests')
        .leftJoin('organisations', 'organisations.id', 'visit_digests.organisation_id')
        .selectAll('visit_digests')
        .select('organisations.name')
        .where('visit_digests.id', '=', id)
        .executeTakeFirst();
      if (!digest) return undefined;
      const open = db
        .selectFrom('visit_tellings')
        .innerJoin('owed_visits', 'owed_visits.id', 'visit_tellings.owed_id')
        .innerJoin('residents', 'residents.id', 'owed_visits.resident_id')
        .where('last_digest', '=', id)
        .where(isOverdue);
      const { visits, residents, since } = await open
        .select((of) => [
          of.fn.countAll<number>().as('visits'),
          of.fn.count<number>('residents.id').distinct().as('residents'),
          of.fn.min('until_at').as('since'),
        ])
        .executeTakeFirstOrThrow();
      if (visits === 0) return undefined;
      const longest = await open
        .leftJoin('organisations', 'organisations.id', 'owed_visits.station_id')
        .select(['residents.name', 'organisations.name as station'])
        .select((of) => of.fn.min('until_at').as('since'))
        .groupBy('residents.id')
        .orderBy('since')
        .orderBy('residents.id')
        .limit(atMost)
        .execute();
      return {
        id,
        organisationId: digest.organisation_id,
        organisationName: digest.name ?? '',
        tier: digest.tier,
        madeAtMs: digest.made_at,
        visits,
        residents,
        sinceMs: since,
        longest: longest.map((one) => ({
          name: one.name,
          stationName: one.station ?? '',
          sinceMs: one.since,
        })),
      };
    },
  };
}

/** To which tiers these overdue visits were told of, the lowest first, and when somebody was reached there. */
export async function toldOf(
  db: Kysely<Tables>,
  owedIds: readonly string[],
): Promise<{ owedId: string; tier: EscalationTier; first: number | null; last: number | null }[]> {
  if (owedIds.length === 0) return [];
  const rows = await db
    .selectFrom('visit_tellings')
    .leftJoin('visit_digests as f', 'f.id', 'first_digest')
    .leftJoin('visit_digests as l', 'l.id', 'last_digest')
    .select(['owed_id as owedId', 'visit_tellings.tier', 'f.told_at as first', 'l.told_at as latest'])
    .where('owed_id', 'in', owedIds)
    // One that the hub was drawing up when it ended has told nobody, and another follows.
    .where((where) => where.or([where('f.id', 'is not', null), where('l.id', 'is not', null)]))
    .execute();
  return rows
    .map(({ latest, ...row }) => ({ ...row, last: latest ?? row.first }))
    .toSorted((a, b) => escalationTiers.indexOf(a.tier) - escalationTiers.indexOf(b.tier));
}

/** Those that went further have come to this tier too. */
function comeTo(tier: EscalationTier): EscalationTier[] {
  return escalationTiers.slice(escalationTiers.indexOf(tier));
}
