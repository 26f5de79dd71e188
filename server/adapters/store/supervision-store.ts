import { defaultSupervision } from '@carebell/contracts/supervision-classes.ts';
import type { SupervisionSetting } from '@carebell/contracts/supervision.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DeviceHome } from '../../device/device-store.ts';
import type { SupervisedRecord, SupervisionStore } from '../../supervision/silence-store.ts';
import type { KeptQueries, Places } from './kept-queries.ts';
import { devicesBehind } from './registry-records.ts';
import { createUpkeepStore } from './upkeep-store.ts';
import type { Tables } from './tables.ts';

export function createSupervisionStore(db: Kysely<Tables>, kept: KeptQueries): SupervisionStore {
  const due = kept.rows((of: Places<{ nowMs: number; atMost: number }>) =>
    supervisedRows(db).where('s.deadline_at', '<=', of.nowMs).orderBy('s.deadline_at').limit(of.atMost),
  );
  const save = kept.changes(
    (
      of: Places<{
        of: string;
        id: string;
        heardAtMs: number | null;
        deadlineAtMs: number | null;
        missedInRow: number;
        ring: number;
        silentSinceMs: number | null;
        isUnknown: number;
        excusedMs: number;
      }>,
    ) =>
      db
        .insertInto('supervised')
        .values({
          of: sql`${of.of}`,
          id: of.id,
          setting: null,
          last_heard_at: of.heardAtMs,
          deadline_at: of.deadlineAtMs,
          missed_in_row: of.missedInRow,
          ring: of.ring,
          silent_since: of.silentSinceMs,
          is_unknown: of.isUnknown,
          excused_ms: of.excusedMs,
        })
        .onConflict((conflict) =>
          conflict.columns(['of', 'id']).doUpdateSet({
            last_heard_at: sql`excluded.last_heard_at`,
            deadline_at: sql`excluded.deadline_at`,
            missed_in_row: sql`excluded.missed_in_row`,
            ring: sql`excluded.ring`,
            silent_since: sql`excluded.silent_since`,
            is_unknown: sql`excluded.is_unknown`,
            excused_ms: sql`excluded.excused_ms`,
          }),
        ),
  );
  return {
    due: async (nowMs, atMost) => (await due({ nowMs, atMost })).flatMap((row) => recordOf(row) ?? []),
    async nextDeadlineMs() {
      const row = await db
        .selectFrom('supervised')
        .select('deadline_at')
        .where('deadline_at', 'is not', null)
        .orderBy('deadline_at')
        .limit(1)
        .executeTakeFirst();
      return row?.deadline_at ?? null;
    },
    async find({ of, id }) {
      const row = await supervisedRows(db).where('s.of', '=', of).where('s.id', '=', id).executeTakeFirst();
      return row && recordOf(row);
    },
    async registered({ of, id }) {
      const row = await db
        .selectFrom('supervised')
        .select('setting')
        .where('of', '=', of)
        .where('id', '=', id)
        .executeTakeFirst();
      if (of === 'gateway') {
        const gateway = await db.selectFrom('gateways').selectAll().where('id', '=', id).executeTakeFirst();
        if (!gateway) return undefined;
        const home = homeOf('gateway', { ...gateway, type: null, resident_id: null, gateway_id: null });
        return {
          home,
          setting: settingOf(row?.setting ?? null, 'gateway'),
          lastSeenAtMs: gateway.last_seen_at,
        };
      }
      const device = await db.selectFrom('devices').selectAll().where('id', '=', id).executeTakeFirst();
      if (device?.is_registered !== 1) return undefined;
      return {
        home: homeOf('device', device),
        setting: settingOf(row?.setting ?? null, device.type),
        lastSeenAtMs: device.last_seen_at,
      };
    },
    async save({ of, id }, silence) {
      await save({
        of,
        id,
        heardAtMs: silence?.lastHeardAtMs ?? null,
        deadlineAtMs: silence?.deadlineAtMs ?? null,
        missedInRow: silence?.missedInRow ?? 0,
        ring: silence?.ring ?? 0,
        silentSinceMs: silence?.silentSinceMs ?? null,
        isUnknown: silence?.isUnknown === true ? 1 : 0,
        excusedMs: silence?.excusedMs ?? 0,
      });
    },
    async set({ of, id }, setting) {
      const text = setting && JSON.stringify(setting);
      await db
        .insertInto('supervised')
        .values({ of, id, setting: text })
        .onConflict((conflict) => conflict.columns(['of', 'id']).doUpdateSet({ setting: text }))
        .execute();
    },
    devicesBehind: (gatewayId) => devicesBehind(db, gatewayId),
    async moveDeadlines(byMs, gatewayId) {
      let update = db
        .updateTable('supervised')
        .set({
          deadline_at: sql`deadline_at + ${byMs}`,
          excused_ms: sql`excused_ms + ${Math.max(0, byMs)}`,
        })
        .where('deadline_at', 'is not', null);
      if (gatewayId !== undefined) {
        update = update
          .where('of', '=', 'device')
          .where('is_unknown', '=', 0)
          .where('id', 'in', (q) => q.selectFrom('devices').select('id').where('gateway_id', '=', gatewayId));
      }
      await update.execute();
    },
    async notBefore(atMs) {
      await db.updateTable('supervised').set({ deadline_at: atMs }).where('deadline_at', '<', atMs).execute();
    },
    ...createUpkeepStore(db, kept),
    async clock(name) {
      const row = await db
        .selectFrom('supervision_clock')
        .select(['at', 'number'])
        .where('name', '=', name)
        .executeTakeFirst();
      return row && { atMs: row.at, number: row.number };
    },
    async setClock(name, atMs, number) {
      await db
        .insertInto('supervision_clock')
        .values({ name, at: atMs, number })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ at: atMs, number }))
        .execute();
    },
  };
}

export function settingOf(text: string | null, type: DeviceType | 'gateway'): SupervisionSetting {
  return text === null ? defaultSupervision[type] : (JSON.parse(text) as SupervisionSetting);
}

/** What is supervised beside what is registered of it, and of the gateway that it speaks through. */
export function supervisedRows(db: Kysely<Tables>) {
  return db
    .selectFrom('supervised as s')
    .leftJoin('devices as d', (join) => join.onRef('d.id', '=', 's.id').on(sql<boolean>`s.of = 'device'`))
    .leftJoin('gateways as g', (join) => join.onRef('g.id', '=', 's.id').on(sql<boolean>`s.of = 'gateway'`))
    .leftJoin('gateways as through', 'through.id', 'd.gateway_id')
    .leftJoin('supervised as t', (join) =>
      join.onRef('t.id', '=', 'd.gateway_id').on(sql<boolean>`t.of = 'gateway'`),
    )
    .select([
      's.of',
      's.id',
      's.setting',
      's.last_heard_at',
      's.deadline_at',
      's.missed_in_row',
      's.ring',
      's.silent_since',
      's.is_unknown',
      's.excused_ms',
      'd.type',
      'd.is_registered',
      'd.resident_id',
      'd.gateway_id',
      sql<string | null>`coalesce(d.station_id, g.station_id)`.as('station_id'),
      sql<string | null>`coalesce(d.dwelling_id, g.dwelling_id)`.as('dwelling_id'),
      sql<number | null>`coalesce(d.last_seen_at, g.last_seen_at)`.as('last_seen_at'),
      'through.availability as gateway_availability',
      't.silent_since as gateway_silent_since',
    ]);
}

type SupervisedRow = Awaited<ReturnType<ReturnType<typeof supervisedRows>['execute']>>[number];

function recordOf(row: SupervisedRow): SupervisedRecord | undefined {
  const { of, id } = row;
  if (of === 'device' && row.is_registered !== 1) return undefined;
  if (row.last_heard_at === null) return undefined;
  return {
    of,
    id,
    setting: settingOf(row.setting, of === 'gateway' ? 'gateway' : (row.type ?? 'other')),
    silence: {
      lastHeardAtMs: row.last_heard_at,
      deadlineAtMs: row.deadline_at,
      missedInRow: row.missed_in_row,
      ring: row.ring,
      silentSinceMs: row.silent_since,
      isUnknown: row.is_unknown === 1,
      excusedMs: row.excused_ms,
    },
    lastSeenAtMs: row.last_seen_at ?? row.last_heard_at,
    isUnhearable: row.gateway_availability === 'offline' || row.gateway_silent_since !== null,
    home: homeOf(of, row),
  };
}

function homeOf(
  of: 'device' | 'gateway',
  row: {
    id: string;
    type: DeviceType | null;
    resident_id: string | null;
    dwelling_id: string | null;
    station_id: string | null;
    gateway_id: string | null;
  },
): DeviceHome {
  return {
    deviceId: row.id,
    type: of === 'gateway' ? 'other' : (row.type ?? 'other'),
    residentId: row.resident_id,
    dwellingId: row.dwelling_id,
    stationId: row.station_id,
    gatewayId: row.gateway_id,
    isRegistered: true,
  };
}
