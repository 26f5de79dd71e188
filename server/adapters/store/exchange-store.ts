import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { ExchangeStore } from '../../device/exchange-store.ts';
import type { Predecessor } from '../../device/lineage.ts';
import type { KeptQueries, Places } from './kept-queries.ts';
import { residentsIn } from './registry-records.ts';
import type { Tables } from './tables.ts';

export function createExchangeStore(db: Kysely<Tables>, kept: KeptQueries): ExchangeStore {
  // Asked for whenever a resident is told something.
  const life = kept.rows((of: Places<{ id: string }>) =>
    db
      .selectFrom('devices')
      .select(['retired_at', 'replaced_by', 'entered_at', 'lineage'])
      .where('id', '=', of.id),
  );
  const update = (deviceId: string) => db.updateTable('devices').where('id', '=', deviceId);
  return {
    async life(deviceId) {
      const [row] = await life({ id: deviceId });
      return (
        row && {
          retiredAtMs: row.retired_at,
          replacedBy: row.replaced_by,
          enteredAtMs: row.entered_at,
          lineage: lineageIn(row.lineage),
        }
      );
    },
    async retire(deviceId, replacedBy, atMs) {
      const version = sql<number>`version + 1`;
      await update(deviceId)
        .set({ is_registered: 0, retired_at: atMs, replaced_by: replacedBy, version })
        .set({ secret_hash: null, next_secret_hash: null })
        .execute();
    },
    async succeed(deviceId, lineage) {
      await update(deviceId)
        .set({ lineage: JSON.stringify(lineage) })
        .execute();
    },
    async enterAgain(deviceId, atMs) {
      await update(deviceId)
        .set({ retired_at: null, replaced_by: null, lineage: '[]', entered_at: atMs })
        .execute();
    },
    residentsIn: (dwellingId) => residentsIn(db, dwellingId),
    async endCommands(deviceId, reason, atMs) {
      await db
        .updateTable('commands')
        .set({ state: 'failed', finished_at: atMs, reason })
        .where('device_id', '=', deviceId)
        .where('state', '=', 'waiting')
        .execute();
    },
  };
}

/** Most devices have none, and then share one list in the memory of the hub. */
export function lineageIn(text: string): Predecessor[] {
  return text === '[]' ? [] : (JSON.parse(text) as Predecessor[]);
}
