import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { ClockStore } from '../../hub-clock/clock-store.ts';
import { carriedColumns, moveInstants } from './carried-columns.ts';
import type { Carried } from './carried-columns.ts';
import type { Tables } from './tables.ts';

export function createClockStore(db: Kysely<Tables>): ClockStore {
  return {
    async mark() {
      const row = await db.selectFrom('hub_clock').selectAll().executeTakeFirst();
      return row && { atMs: row.at, boot: row.boot, uptimeMs: row.uptime_ms };
    },
    async setMark({ atMs, boot, uptimeMs }) {
      const row = { at: atMs, boot, uptime_ms: Math.round(uptimeMs) };
      await db
        .insertInto('hub_clock')
        .values({ id: 1, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
    async lastWrittenMs() {
      const row = await db
        .selectFrom('journal')
        .select('received_at')
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.received_at ?? null;
    },
    async carryOver(byMs) {
      // Instants in JSON first: a later statement may go by the columns.
      for (const carried of carriedColumns) await carryJson(db, carried, byMs);
      for (const carried of carriedColumns) await carryColumns(db, carried, byMs);
    },
  };
}

async function carryColumns(db: Kysely<Tables>, { table, where, columns }: Carried, byMs: number) {
  if (columns.length === 0) return;
  const moved = columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(column)} + ${byMs}`);
  await sql`UPDATE ${sql.table(table)} SET ${sql.join(moved)} WHERE ${sql.raw(where)}`.execute(db);
}

async function carryJson(db: Kysely<Tables>, { table, key, where, json }: Carried, byMs: number) {
  for (const column of json) {
    const { rows } = await sql<{ key: string | number; text: string }>`
      SELECT ${sql.ref(key)} AS key, ${sql.ref(column)} AS text FROM ${sql.table(table)} WHERE ${sql.raw(where)}`.execute(
      db,
    );
    for (const row of rows) {
      const text = JSON.stringify(moveInstants(JSON.parse(row.text), byMs));
      await sql`UPDATE ${sql.table(table)} SET ${sql.ref(column)} = ${text} WHERE ${sql.ref(key)} = ${row.key}`.execute(
        db,
      );
    }
  }
}
