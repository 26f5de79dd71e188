import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { VisitStore } from '../../visit/visit-store.ts';
import type { Tables } from './tables.ts';
import { callColumns, callRecordOf, campaignColumns, campaignRecordOf } from './visit-rows.ts';

export function createCampaignStore(
  db: Kysely<Tables>,
): Pick<VisitStore, 'campaign' | 'putCampaign' | 'listResidents' | 'call' | 'putCall'> {
  return {
    async campaign(id) {
      const row = await db.selectFrom('visit_campaigns').selectAll().where('id', '=', id).executeTakeFirst();
      return row && campaignRecordOf(row);
    },
    async putCampaign(campaign) {
      const { id, ...columns } = campaignColumns(campaign);
      await db
        .insertInto('visit_campaigns')
        .values({ id, ...columns })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
        .execute();
    },
    async listResidents({ id, organisationId, groups }) {
      const isWanted =
        groups.length === 0
          ? sql`1 = 1`
          : sql`EXISTS (SELECT 1 FROM json_each(risk_groups) AS own WHERE own.value IN (${sql.join(groups)}))`;
      const { numAffectedRows } = await sql`
        WITH RECURSIVE down (id) AS (
          SELECT id FROM organisations WHERE id = ${organisationId}
          UNION ALL
          SELECT below.id FROM organisations AS below JOIN down ON below.parent_id = down.id
        )
        INSERT INTO campaign_calls (campaign_id, resident_id, station_id, is_done, tries)
        SELECT ${id}, residents.id, station_id, 0, 0 FROM residents
        JOIN dwellings ON dwellings.id = dwelling_id
        WHERE station_id IN (SELECT id FROM down) AND ${isWanted}`.execute(db);
      return Number(numAffectedRows ?? 0);
    },
    async call(campaignId, residentId) {
      const row = await db
        .selectFrom('campaign_calls')
        .selectAll()
        .where('campaign_id', '=', campaignId)
        .where('resident_id', '=', residentId)
        .executeTakeFirst();
      return row && callRecordOf(row);
    },
    async putCall(call) {
      const { campaign_id: campaignId, resident_id: residentId, ...columns } = callColumns(call);
      await db
        .updateTable('campaign_calls')
        .set(columns)
        .where('campaign_id', '=', campaignId)
        .where('resident_id', '=', residentId)
        .execute();
    },
  };
}
