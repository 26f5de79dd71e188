import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { JobKind, JobProof } from '@carebell/contracts/maintenance.ts';
import type { JobRecord, MaintenanceStore } from '../../maintenance/maintenance-store.ts';
import type { KeptQueries, Places } from './kept-queries.ts';
import type { Tables } from './tables.ts';

export function createMaintenanceStore(db: Kysely<Tables>, kept: KeptQueries): MaintenanceStore {
  const noteFirmware = kept.changes((of: Places<{ of: string; id: string; version: string; atMs: number }>) =>
    db
      .insertInto('firmware')
      .values({ of: sql`${of.of}`, id: of.id, version: of.version, since: of.atMs })
      .onConflict((conflict) =>
        conflict
          .columns(['of', 'id'])
          .doUpdateSet({ version: sql`excluded.version`, since: sql`excluded.since` })
          .where(sql<boolean>`firmware.version <> excluded.version`),
      ),
  );
  return {
    async noteFirmware(of, id, version, atMs) {
      await noteFirmware({ of, id, version, atMs });
    },
    async wish({ organisationId, type, version, by, atMs }) {
      if (version === null) {
        await db
          .deleteFrom('wished_firmware')
          .where('organisation_id', '=', organisationId)
          .where('type', '=', type)
          .execute();
        return;
      }
      const wished = { version, set_at: atMs, set_by: by };
      await db
        .insertInto('wished_firmware')
        .values({ organisation_id: organisationId, type, ...wished })
        .onConflict((conflict) => conflict.columns(['organisation_id', 'type']).doUpdateSet(wished))
        .execute();
    },
    async openJob({ kind, of, id }) {
      const row = await db
        .selectFrom('maintenance_jobs')
        .selectAll()
        .where('of', '=', of)
        .where('target_id', '=', id)
        .where('kind', '=', kind)
        .where('done_at', 'is', null)
        .executeTakeFirst();
      return row && recordOf(row);
    },
    async job(jobId) {
      const row = await db
        .selectFrom('maintenance_jobs')
        .selectAll()
        .where('id', '=', jobId)
        .executeTakeFirst();
      return row && recordOf(row);
    },
    async saveJob(job) {
      const changed = {
        taken_by: job.takenBy,
        taken_at: job.takenAtMs,
        notes: JSON.stringify(job.notes),
        done_at: job.doneAtMs,
        done_by: job.doneBy,
      };
      await db
        .insertInto('maintenance_jobs')
        .values({
          id: job.jobId,
          kind: job.kind,
          of: job.of,
          target_id: job.id,
          station_id: job.stationId,
          opened_at: job.openedAtMs,
          percent: job.percent,
          ...changed,
        })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(changed))
        .execute();
    },
  };
}

function recordOf(row: Selectable<Tables['maintenance_jobs']>): JobRecord {
  return {
    jobId: row.id,
    kind: row.kind as JobKind,
    of: row.of,
    id: row.target_id,
    stationId: row.station_id,
    openedAtMs: row.opened_at,
    percent: row.percent,
    takenBy: row.taken_by,
    takenAtMs: row.taken_at,
    notes: JSON.parse(row.notes) as JobRecord['notes'],
    doneAtMs: row.done_at,
    doneBy: row.done_by as JobProof | null,
  };
}
