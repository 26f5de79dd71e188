import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { sealed } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

const nothingFound = '{"condition":null,"hazards":[],"wishes":"","note":""}';

/** The counts of visits stay, under the pseudonym; what was found and what was to follow goes. */
export async function forgetVisits(
  db: Kysely<Tables>,
  { residentId, pseudonym }: { residentId: string; pseudonym: string },
): Promise<void> {
  const renamed = { resident_id: pseudonym };
  await db.deleteFrom('visit_follow_ups').where('resident_id', '=', residentId).execute();
  await db
    .updateTable('visits')
    .set({ ...renamed, findings: sealed('visits.findings', sql.ref('visits.id'), nothingFound) })
    .where('resident_id', '=', residentId)
    .execute();
  await db
    .updateTable('owed_visits')
    .set({ phase: 'dropped' })
    .where('resident_id', '=', residentId)
    .where('phase', 'in', ['open', 'excused'])
    .execute();
  await db
    .updateTable('owed_visits')
    .set({ tier: null, settled_at: 0 })
    .where('resident_id', '=', residentId)
    .where('phase', '=', 'missed')
    .where('settled_at', 'is', null)
    .execute();
  await db.updateTable('owed_visits').set(renamed).where('resident_id', '=', residentId).execute();
  await db.updateTable('campaign_calls').set(renamed).where('resident_id', '=', residentId).execute();
}
