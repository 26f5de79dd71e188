import type { AbsenceKind } from '@carebell/contracts/absence.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import type { VisitKind } from '@carebell/contracts/visit-frequencies.ts';
import { escalationTiers } from '@carebell/contracts/visits.ts';
import type { DueResident, Visit } from '@carebell/contracts/visits.ts';
import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { instant, instantOrNull } from '../../clock.ts';
import type { DueQuery, VisitReads } from '../../visit/visit-reads.ts';
import { isInScope } from './page-rows.ts';
import { toldOf } from './digest-reads.ts';
import { createRegistryReads } from './registry-reads.ts';
import type { Tables } from './tables.ts';
import { isAwayAt, signOf } from './visit-rows.ts';

const isDue = sql`(phase = 'open' OR phase = 'missed' AND settled_at IS NULL)`;
const isOverdue = sql`phase = 'missed' AND settled_at IS NULL`;

type Place = {
  residentId: string;
  residentName: string;
  riskGroups: string;
  dwellingId: string;
  address: string;
  grid: string | null;
  stationId: string;
  stationName: string | null;
  watch: string | null;
  absence: AbsenceKind | null;
  lastKind: VisitKind | null;
  lastResult: Visit['result'] | null;
  lastAt: number | null;
};

/** Who is to be visited now. */
export function createDueReads(db: Kysely<Tables>): Pick<VisitReads, 'isAnyToLookAt' | 'due'> {
  const registry = createRegistryReads(db);

  async function details(residentId: string, nowMs: number): Promise<DueResident | undefined> {
    const { rows } = await sql<Place>`
      SELECT residents.id AS residentId, residents.name AS residentName, risk_groups AS riskGroups,
        residents.dwelling_id AS dwellingId, address, grid, dwellings.station_id AS stationId, organisations.name AS stationName,
        watch, absences.kind AS absence, last.kind AS lastKind, last.result AS lastResult, last.at AS lastAt
      FROM residents JOIN dwellings ON dwellings.id = residents.dwelling_id
      LEFT JOIN organisations ON organisations.id = dwellings.station_id
      LEFT JOIN detection_watches ON detection_watches.resident_id = residents.id
      LEFT JOIN absences ON absences.resident_id = residents.id AND absences.phase = 'running'
        AND absences.kind <> 'carer-present' AND absences.from_at <= ${nowMs} AND absences.until_at > ${nowMs}
      LEFT JOIN visits AS last ON last.id = (
        SELECT id FROM visits WHERE resident_id = residents.id ORDER BY at DESC LIMIT 1)
      WHERE residents.id = ${residentId}`.execute(db);
    const [row] = rows;
    if (!row) return undefined;
    const owed = await db
      .selectFrom('owed_visits')
      .selectAll()
      .where('resident_id', '=', residentId)
      .where(sql<boolean>`(${isDue} OR phase = 'excused' AND until_at > ${nowMs})`)
      .orderBy('until_at')
      .execute();
    const tellings = await toldOf(
      db,
      owed.filter(({ phase }) => phase === 'missed').map(({ id }) => id),
    );
    const { riskGroups, watch, lastKind, lastResult, lastAt, stationName, ...place } = row;
    return {
      ...place,
      stationName: stationName ?? '',
      phone: (await registry.resident(residentId))?.phone ?? null,
      riskGroups: JSON.parse(riskGroups) as Resident['riskGroups'],
      owed: owed.map((one) => ({
        id: one.id,
        cause: one.cause,
        from: instant(one.from_at),
        until: instant(one.until_at),
        phase: one.phase,
        escalatedTo: one.tier,
        told: tellings.flatMap(({ owedId, tier, first, last }) =>
          owedId === one.id ? [{ tier, first: instantOrNull(first), last: instantOrNull(last) }] : [],
        ),
      })),
      until: instant(owed[0]?.until_at ?? nowMs),
      isOverdue: owed.some(({ phase }) => phase === 'missed'),
      lastVisit:
        lastKind === null || lastResult === null || lastAt === null
          ? null
          : { kind: lastKind, result: lastResult, at: instant(lastAt) },
      lastSignAt: instantOrNull(signOf(watch)),
    };
  }

  return {
    async isAnyToLookAt(nowMs) {
      const row = await db
        .selectFrom('visit_looks')
        .select('resident_id')
        .where(sql<boolean>`next_at IS NOT NULL`)
        .where('next_at', '<=', nowMs)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async due(query) {
      const { scope, nowMs, stationId, residentId, limit, after } = query;
      let found = db
        .selectFrom('owed_visits')
        .select(['resident_id', (select) => select.fn.min('until_at').as('until_at')])
        .where(sql<boolean>`${isWanted(query)}`)
        .where(isInScope('station_id', scope))
        .groupBy('resident_id')
        .orderBy('until_at')
        .orderBy('resident_id')
        .limit(limit + 1);
      if (stationId !== undefined) found = found.where('station_id', '=', stationId);
      if (residentId !== undefined) found = found.where('resident_id', '=', residentId);
      const [, untilAt, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(after ?? '') ?? [];
      if (untilAt !== undefined)
        found = found.having(sql<boolean>`(min(until_at), resident_id) > (${Number(untilAt)}, ${id})`);
      const rows = await found.execute();
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const items: DueResident[] = [];
      for (const row of shown) {
        const one = await details(row.resident_id, nowMs);
        if (one) items.push(one);
      }
      const cursor = rows.length > limit && last ? `${last.until_at}.${last.resident_id}` : null;
      return { items, cursor };
    },
  };
}

function isWanted({ state, escalatedTo, nowMs }: DueQuery): RawBuilder<unknown> {
  const isAway = isAwayAt(nowMs);
  if (escalatedTo !== undefined) {
    const tiers = escalationTiers.slice(escalationTiers.indexOf(escalatedTo));
    return sql`${isOverdue} AND tier IN (${sql.join(tiers)}) AND NOT ${isAway}`;
  }
  const isExcused = sql`phase = 'excused' AND until_at > ${nowMs}`;
  switch (state) {
    case 'due':
      return sql`${isDue} AND NOT ${isAway}`;
    case 'overdue':
      return sql`${isOverdue} AND NOT ${isAway}`;
    case 'away':
      return sql`(${isDue} OR ${isExcused}) AND ${isAway}`;
    case 'all':
      return sql`(${isDue} OR ${isExcused})`;
  }
}
