import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { Touched } from '../../journal/transaction.ts';
import type { Said, UnknownRecord, UnknownStore } from '../../unknown-device/unknown-store.ts';
import type { KeptQueries, Places } from './kept-queries.ts';
import type { Tables } from './tables.ts';

type Row = Selectable<Tables['unknown_devices']>;

export function createUnknownStore(
  db: Kysely<Tables>,
  kept: KeptQueries,
  touched: Pick<Touched, 'directory'>,
): UnknownStore {
  const one = kept.rows((of: Places<{ gatewayId: string; code: string }>) =>
    db
      .selectFrom('unknown_devices')
      .selectAll()
      .where('gateway_id', '=', of.gatewayId)
      .where('code', '=', of.code),
  );
  const count = kept.rows((of: Places<{ gatewayId: string }>) =>
    db
      .selectFrom('unknown_devices')
      .select(sql<number>`count(*)`.as('count'))
      .where('gateway_id', '=', of.gatewayId),
  );
  const save = kept.changes((row: Places<Row>) =>
    db
      .insertInto('unknown_devices')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['gateway_id', 'code']).doUpdateSet({
          last_at: sql`excluded.last_at`,
          times: sql`excluded.times`,
          rssi: sql`excluded.rssi`,
          battery: sql`excluded.battery`,
          said: sql`excluded.said`,
        }),
      ),
  );

  /** The device that was entered for a code which no gateway has in its list any more. */
  async function forgetDevice(code: string): Promise<void> {
    const gone = await db
      .deleteFrom('devices')
      .where('id', '=', code)
      .where('is_registered', '=', 0)
      .where('retired_at', 'is', null)
      .where('retired_at', 'is', null)
      .where((where) =>
        where.not(
          where.exists(
            where.selectFrom('unknown_devices').select('code').whereRef('code', '=', 'devices.id'),
          ),
        ),
      )
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom('alarms')
              .select('id')
              .where('subject', '=', `device:${code}`)
              .where('phase', '<>', sql.lit('closed')),
          ),
        ),
      )
      .executeTakeFirst();
    if (gone.numDeletedRows === 0n) return;
    await db.deleteFrom('search_entries').where('kind', '=', 'device').where('id', '=', code).execute();
    touched.directory.add(`device:${code}`);
  }

  return {
    async find(gatewayId, code) {
      const [row] = await one({ gatewayId, code });
      return row && recordOf(row);
    },
    async save(unknown) {
      await save({
        gateway_id: unknown.gatewayId,
        code: unknown.code,
        first_at: unknown.firstAtMs,
        last_at: unknown.lastAtMs,
        times: unknown.times,
        rssi: unknown.rssi,
        battery: unknown.battery,
        said: JSON.stringify(unknown.said),
      });
    },
    async countOf(gatewayId) {
      const [row] = await count({ gatewayId });
      return row?.count ?? 0;
    },
    async oldestOf(gatewayId) {
      const row = await db
        .selectFrom('unknown_devices')
        .select('code')
        .where('gateway_id', '=', gatewayId)
        .orderBy('last_at')
        .limit(1)
        .executeTakeFirst();
      return row?.code;
    },
    async unheardSince(atMs, atMost) {
      const rows = await db
        .selectFrom('unknown_devices')
        .select(['gateway_id', 'code'])
        .where('last_at', '<', atMs)
        .orderBy('last_at')
        .limit(atMost)
        .execute();
      return rows.map((row) => ({ gatewayId: row.gateway_id, code: row.code }));
    },
    async forget(gatewayId, code) {
      await db
        .deleteFrom('unknown_devices')
        .where('gateway_id', '=', gatewayId)
        .where('code', '=', code)
        .execute();
      await forgetDevice(code);
    },
    async forgetAt(stationId, code) {
      await db
        .deleteFrom('unknown_devices')
        .where('code', '=', code)
        .where('gateway_id', 'in', (select) =>
          select.selectFrom('gateways').select('id').where('station_id', '=', stationId),
        )
        .execute();
    },
    async dismiss({ stationId, code, atMs, by, note }) {
      const dismissal = { dismissed_at: atMs, dismissed_by: by, note };
      await db
        .insertInto('dismissed_codes')
        .values({ station_id: stationId, code, ...dismissal })
        .onConflict((conflict) => conflict.columns(['station_id', 'code']).doUpdateSet(dismissal))
        .execute();
    },
    async restore(stationId, code) {
      const { numDeletedRows } = await db
        .deleteFrom('dismissed_codes')
        .where('station_id', '=', stationId)
        .where('code', '=', code)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async residentsOf(dwellingId) {
      const rows = await db
        .selectFrom('residents')
        .select('id')
        .where('dwelling_id', '=', dwellingId)
        .limit(2)
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

function recordOf(row: Row): UnknownRecord {
  return {
    gatewayId: row.gateway_id,
    code: row.code,
    firstAtMs: row.first_at,
    lastAtMs: row.last_at,
    times: row.times,
    rssi: row.rssi,
    battery: row.battery,
    said: JSON.parse(row.said) as Said[],
  };
}
