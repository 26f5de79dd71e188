import { periodOf } from '@carebell/contracts/supervision-classes.ts';
import type { Hearing, Quiet } from '@carebell/contracts/supervision.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { instant, instantOrNull } from '../../clock.ts';
import { missedOf } from '../../supervision/silence.ts';
import type { SupervisionReads } from '../../supervision/supervision-reads.ts';
import { devicesBehind } from './registry-records.ts';
import { settingOf } from './supervision-store.ts';
import type { Tables } from './tables.ts';

export function createSupervisionReads(db: Kysely<Tables>): SupervisionReads {
  return {
    async supervised({ of, id }) {
      const row = await everything(db).where('x.of', '=', of).where('x.id', '=', id).executeTakeFirst();
      if (!row) return undefined;
      const setting = settingOf(row.setting, of === 'gateway' ? 'gateway' : (row.type ?? 'other'));
      const period = periodOf(setting);
      const hearing = hearingOf(row, period !== null);
      return {
        of,
        id,
        hearing,
        setting,
        isDefault: row.setting === null,
        periodSeconds: period && period.periodMs / 1_000,
        lastHeardAt: instantOrNull(row.last_seen_at),
        nextDeadlineAt: instantOrNull(row.deadline_at),
        missed: period ? missedOf(row.ring ?? 0, period.of) : 0,
        silentSince: instantOrNull(row.silent_since),
        lastWord: of === 'device' ? await lastWord(db, id) : null,
        covers: of === 'gateway' ? await devicesBehind(db, id) : [],
        stationId: row.station_id,
      };
    },
    async quiet(stationIds, atMost) {
      const rows = await within(everything(db), stationIds)
        .where(sql<boolean>`(x.last_seen_at IS NULL OR s.silent_since IS NOT NULL OR (${isGatewayGone}))`)
        .orderBy(sql`coalesce(s.silent_since, x.last_seen_at, 0)`)
        .orderBy('x.id')
        .limit(atMost)
        .execute();
      return rows.flatMap((row): Quiet[] => {
        const type = row.of === 'gateway' ? 'gateway' : (row.type ?? 'other');
        const hearing = hearingOf(row, periodOf(settingOf(row.setting, type)) !== null);
        if (hearing === 'heard' || hearing === 'off') return [];
        return [
          {
            of: row.of,
            id: row.id,
            name: row.name,
            type,
            hearing,
            since: instantOrNull(row.last_seen_at),
            stationId: row.station_id,
            stationName: row.station_name,
            streetName: row.street_name,
            residentId: row.resident_id,
            gatewayId: row.gateway_id,
          },
        ];
      });
    },
    async counts(stationIds) {
      const row = await within(everything(db), stationIds)
        .clearSelect()
        .select(sql<number>`count(*)`.as('supervised'))
        .where(sql<boolean>`(s.deadline_at IS NOT NULL OR s.silent_since IS NOT NULL)`)
        .executeTakeFirst();
      return { supervised: row?.supervised ?? 0 };
    },
    dueSupervised: (nowMs, atMost) =>
      db
        .selectFrom('supervised')
        .select(['of', 'id'])
        .where('deadline_at', '<=', nowMs)
        .orderBy('deadline_at')
        .limit(atMost)
        .execute(),
    async known() {
      const rows = await db
        .selectFrom('supervised')
        .select(['of', 'id', 'last_heard_at', 'silent_since'])
        .execute();
      return rows.map(({ of, id, last_heard_at, silent_since }) => ({
        of,
        id,
        isBegun: last_heard_at !== null,
        isSilent: silent_since !== null,
      }));
    },
  };
}

/** Nobody has heard it since its gateway was gone. */
export const isGatewayGone = sql<boolean>`(g.availability = 'offline' OR t.silent_since IS NOT NULL)
  AND x.last_seen_at <= coalesce(g.last_seen_at, x.last_seen_at)`;

function everything(db: Kysely<Tables>) {
  return db
    .selectFrom(
      db
        .selectFrom('devices')
        .select([
          sql<'device' | 'gateway'>`'device'`.as('of'),
          'id',
          'name',
          sql<DeviceType | null>`type`.as('type'),
          'station_id',
          'resident_id',
          'gateway_id',
          'last_seen_at',
        ])
        .where('is_registered', '=', 1)
        .unionAll(
          db
            .selectFrom('gateways')
            .select([
              sql<'device' | 'gateway'>`'gateway'`.as('of'),
              'id',
              'name',
              sql<DeviceType | null>`NULL`.as('type'),
              sql<string | null>`station_id`.as('station_id'),
              sql<string | null>`NULL`.as('resident_id'),
              sql<string | null>`NULL`.as('gateway_id'),
              'last_seen_at',
            ]),
        )
        .as('x'),
    )
    .leftJoin('supervised as s', (join) => join.onRef('s.of', '=', 'x.of').onRef('s.id', '=', 'x.id'))
    .leftJoin('gateways as g', 'g.id', 'x.gateway_id')
    .leftJoin('supervised as t', (join) =>
      join.onRef('t.id', '=', 'x.gateway_id').on(sql<boolean>`t.of = 'gateway'`),
    )
    .leftJoin('organisations as station', 'station.id', 'x.station_id')
    .leftJoin('organisations as street', 'street.id', 'station.parent_id')
    .select([
      'x.of',
      'x.id',
      'x.name',
      'x.type',
      'x.station_id',
      'x.resident_id',
      'x.gateway_id',
      'x.last_seen_at',
      's.setting',
      's.deadline_at',
      's.ring',
      's.silent_since',
      'station.name as station_name',
      'street.name as street_name',
      sql<number>`coalesce(${isGatewayGone}, 0)`.as('is_gateway_gone'),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof everything>['execute']>>[number];

function hearingOf(row: Row, isExpected: boolean): Hearing {
  if (!isExpected) return 'off';
  if (row.silent_since !== null) return 'silent';
  if (row.is_gateway_gone === 1) return 'unknown';
  return row.last_seen_at === null ? 'not-yet' : 'heard';
}

function within(query: ReturnType<typeof everything>, stationIds: readonly string[] | 'all') {
  return stationIds === 'all' ? query : query.where('x.station_id', 'in', [...stationIds, '']);
}

async function lastWord(db: Kysely<Tables>, deviceId: string): Promise<string | null> {
  const row = await db
    .selectFrom('journal')
    .innerJoin('journal_by_device', 'journal_by_device.seq', 'journal.seq')
    .select(['journal.kind', 'journal.at'])
    .where('journal_by_device.device_id', '=', deviceId)
    .where('journal.type', '=', 'event')
    .orderBy('journal_by_device.seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.kind == null ? null : `${row.kind} ${instant(row.at)}`;
}
