import type { Campaign, CampaignCall, CampaignNumbers } from '@carebell/contracts/visit-campaigns.ts';
import type { VisitFindings } from '@carebell/contracts/visits.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Scope } from '../../care-station/organisation-scope.ts';
import { covers } from '../../care-station/organisation-scope.ts';
import { instant, instantOrNull } from '../../clock.ts';
import type { VisitReads } from '../../visit/visit-reads.ts';
import { isInScope } from './page-rows.ts';
import { createRegistryReads } from './registry-reads.ts';
import { opened } from './sealed-texts.ts';
import type { Tables } from './tables.ts';
import { callRecordOf, campaignRecordOf } from './visit-rows.ts';

type Found = Tables['visit_campaigns'] & { organisation_name: string | null; starter_name: string | null };

export function createCampaignReads(
  db: Kysely<Tables>,
): Pick<VisitReads, 'campaigns' | 'campaign' | 'calls'> {
  const registry = createRegistryReads(db);
  const all = () =>
    db
      .selectFrom('visit_campaigns')
      .leftJoin('organisations', 'organisations.id', 'visit_campaigns.organisation_id')
      .leftJoin('users', 'users.id', 'visit_campaigns.started_by')
      .selectAll('visit_campaigns')
      .select(['organisations.name as organisation_name', 'users.display_name as starter_name']);

  /** A campaign of the street is read by its stations, each with its own residents. */
  const concerns = (scope: Scope) =>
    sql<boolean>`(${isInScope('visit_campaigns.organisation_id', scope)} OR EXISTS (SELECT 1 FROM campaign_calls
      WHERE campaign_id = visit_campaigns.id AND ${isInScope('campaign_calls.station_id', scope)}))`;

  async function campaignOf(found: Found, scope: Scope): Promise<Campaign> {
    const rows = await db
      .selectFrom('campaign_calls')
      .leftJoin('organisations', 'organisations.id', 'station_id')
      .select([
        'station_id',
        'organisations.name',
        'result',
        'is_done',
        sql<number>`count(*)`.as('count'),
        sql<number>`sum(tries)`.as('tries'),
      ])
      .where('campaign_id', '=', found.id)
      .where(isInScope('station_id', scope))
      .groupBy(['station_id', 'organisations.name', 'result', 'is_done'])
      .orderBy('organisations.name')
      .execute();
    const record = campaignRecordOf(found);
    const stationIds = [...new Set(rows.map(({ station_id: id }) => id))];
    return {
      id: record.id,
      name: record.name,
      kind: record.kind,
      organisationId: record.organisationId,
      organisationName: found.organisation_name ?? '',
      groups: record.groups,
      script: record.script,
      until: instant(record.untilMs),
      phase: record.endedAtMs === null ? 'running' : 'ended',
      startedAt: instant(record.startedAtMs),
      startedBy: found.starter_name ?? record.startedBy,
      endedAt: instantOrNull(record.endedAtMs),
      numbers: numbersOf(rows),
      stations: stationIds.map((stationId) => {
        const own = rows.filter(({ station_id: id }) => id === stationId);
        return { stationId, name: own[0]?.name ?? '', numbers: numbersOf(own) };
      }),
    };
  }

  return {
    async campaigns({ scope, limit, after }) {
      let query = all()
        .where(concerns(scope))
        .orderBy('started_at', 'desc')
        .orderBy('visit_campaigns.id', 'desc')
        .limit(limit + 1);
      const [, startedAt, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(after ?? '') ?? [];
      if (startedAt !== undefined)
        query = query.where(sql<boolean>`(started_at, visit_campaigns.id) < (${Number(startedAt)}, ${id})`);
      const rows = await query.execute();
      const shown = rows.slice(0, limit);
      const items: Campaign[] = [];
      for (const row of shown) items.push(await campaignOf(row, scope));
      const last = shown.at(-1);
      return { items, cursor: rows.length > limit && last ? `${last.started_at}.${last.id}` : null };
    },
    async campaign(id, scope) {
      const row = await all().where('visit_campaigns.id', '=', id).executeTakeFirst();
      if (!row) return undefined;
      const campaign = await campaignOf(row, scope);
      return covers(scope, campaign.organisationId) || campaign.stations.length > 0 ? campaign : undefined;
    },
    async calls({ campaignId, scope, stationId, state, limit, after }) {
      let query = db
        .selectFrom('campaign_calls')
        .innerJoin('residents', 'residents.id', 'campaign_calls.resident_id')
        .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
        .leftJoin('users', 'users.id', 'last_by')
        .selectAll('campaign_calls')
        .select([
          'residents.name',
          'dwellings.address',
          'dwellings.grid',
          'users.display_name',
          // What the latest call met stands with the visit that it was.
          sql<string | null>`(SELECT ${opened('visits.findings')} FROM visits
            WHERE visits.campaign_id = campaign_calls.campaign_id
              AND visits.resident_id = campaign_calls.resident_id ORDER BY visits.at DESC LIMIT 1)`.as(
            'findings',
          ),
        ])
        .where('campaign_id', '=', campaignId)
        .where(isInScope('campaign_calls.station_id', scope))
        .orderBy('is_done')
        .orderBy('tries')
        .orderBy('resident_id')
        .limit(limit + 1);
      if (stationId !== undefined) query = query.where('campaign_calls.station_id', '=', stationId);
      if (state !== 'all') query = query.where('is_done', '=', state === 'done' ? 1 : 0);
      const [, isDone, tries, id] = /^([01])\.(\d{1,6})\.([\w-]{1,64})$/.exec(after ?? '') ?? [];
      if (isDone !== undefined)
        query = query.where(
          sql<boolean>`(is_done, tries, resident_id) > (${Number(isDone)}, ${Number(tries)}, ${id})`,
        );
      const rows = await query.execute();
      const shown = rows.slice(0, limit);
      const items: CampaignCall[] = [];
      for (const row of shown) {
        const { campaignId: _, lastAtMs, lastBy, ...call } = callRecordOf(row);
        items.push({
          ...call,
          note: row.findings === null ? '' : (JSON.parse(row.findings) as VisitFindings).note,
          residentName: row.name,
          phone: (await registry.resident(row.resident_id))?.phone ?? null,
          address: row.address,
          grid: row.grid,
          lastAt: instantOrNull(lastAtMs),
          lastBy: row.display_name ?? lastBy,
        });
      }
      const last = shown.at(-1);
      return {
        items,
        cursor: rows.length > limit && last ? `${last.is_done}.${last.tries}.${last.resident_id}` : null,
      };
    },
  };
}

function numbersOf(
  rows: readonly { result: CampaignCall['result']; is_done: number; count: number; tries: number }[],
): CampaignNumbers {
  const sum = (wanted: (row: (typeof rows)[number]) => boolean): number =>
    rows.filter(wanted).reduce((total, { count }) => total + count, 0);
  const of = (result: CampaignCall['result']): number => sum((row) => row.result === result);
  return {
    residents: sum(() => true),
    done: sum(({ is_done: isDone }) => isDone === 1),
    open: sum(({ is_done: isDone }) => isDone === 0),
    tries: rows.reduce((total, { tries }) => total + tries, 0),
    byResult: {
      well: of('well'),
      'needs-help': of('needs-help'),
      'not-reached': of('not-reached'),
      refused: of('refused'),
    },
  };
}
