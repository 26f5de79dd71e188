import { lowBatteryPercent } from '@carebell/contracts/boards.ts';
import { testIntervalMs } from '@carebell/contracts/supervision.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { BoardReads, BoardSpan } from '../../board/board-reads.ts';
import { unwatchedAfterMs } from '../../supervision/screens-works.ts';
import { isInScope } from './page-rows.ts';
import { isGatewayGone } from './supervision-reads.ts';
import type { Tables } from './tables.ts';

export function createBoardReads(db: Kysely<Tables>): BoardReads {
  return {
    async facts(span) {
      const [devices, residents, users, stations, handOvers] = await Promise.all([
        deviceTallies(db, span),
        residentCounts(db, span),
        userTallies(db, span),
        stationScreens(db, span),
        handOversOf(db, span),
      ]);
      return {
        devices,
        residents,
        users,
        stations: stations.map(({ id, last_screen_at }) => ({
          organisationId: id,
          grid: null,
          hasScreen: last_screen_at !== null && span.nowMs - last_screen_at < unwatchedAfterMs,
          lastHandOverMs: handOvers.get(id) ?? null,
        })),
      };
    },
    async gridsOfCases({ fromMs, toMs, scope }) {
      const rows = await db
        .selectFrom('alarms')
        .innerJoin('dwellings', (join) =>
          join
            .onRef('dwellings.id', '=', 'alarms.dwelling_id')
            .onRef('dwellings.station_id', '=', 'alarms.station_id'),
        )
        .select(['alarms.id', 'dwellings.grid'])
        .where('alarms.pressed_at', '>=', fromMs)
        .where('alarms.pressed_at', '<', toMs)
        .where(isInScope('alarms.station_id', scope))
        .execute();
      return new Map(rows.flatMap(({ id, grid }) => (grid === null ? [] : [[id, grid]])));
    },
    async gridsOfResidents(stationId) {
      const rows = await db
        .selectFrom('residents')
        .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
        .select(['residents.id', 'dwellings.grid'])
        .where('dwellings.station_id', '=', stationId)
        .execute();
      return new Map(rows.flatMap(({ id, grid }) => (grid === null ? [] : [[id, grid]])));
    },
    async residentsIn({ stationId, grid, atMost }) {
      return db
        .selectFrom('residents')
        .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
        .select(['residents.id', 'residents.name', 'dwellings.address'])
        .where('dwellings.station_id', '=', stationId)
        .where('dwellings.grid', grid === null ? 'is' : '=', grid)
        .orderBy('dwellings.address')
        .orderBy('residents.id')
        .limit(atMost)
        .execute();
    },
  };
}

/** A device that is waited for has a deadline, or has missed it; what was never heard is not waited for yet. */
async function deviceTallies(db: Kysely<Tables>, { nowMs, scope }: BoardSpan) {
  const isExpected = sql`(s.deadline_at IS NOT NULL OR s.silent_since IS NOT NULL)`;
  const isLost = sql`(s.silent_since IS NOT NULL OR coalesce((${isGatewayGone}), 0))`;
  const isOff = sql`coalesce(s.setting, '') LIKE '%"class":"off"%'`;
  const isButton = sql`(x.type IN ('button', 'terminal') AND x.resident_id IS NOT NULL)`;
  const testedFrom = sql`CASE r.every WHEN 'week' THEN ${nowMs - testIntervalMs.week} ELSE ${nowMs - testIntervalMs.month} END`;
  const count = (of: ReturnType<typeof sql>) => sql<number>`sum(CASE WHEN ${of} THEN 1 ELSE 0 END)`;
  const rows = await db
    .selectFrom('devices as x')
    .leftJoin('dwellings as w', (join) =>
      join.onRef('w.id', '=', 'x.dwelling_id').onRef('w.station_id', '=', 'x.station_id'),
    )
    .leftJoin('supervised as s', (join) => join.onRef('s.id', '=', 'x.id').on(sql<boolean>`s.of = 'device'`))
    .leftJoin('gateways as g', 'g.id', 'x.gateway_id')
    .leftJoin('supervised as t', (join) =>
      join.onRef('t.id', '=', 'x.gateway_id').on(sql<boolean>`t.of = 'gateway'`),
    )
    .leftJoin('button_tests as b', 'b.device_id', 'x.id')
    .leftJoin('button_test_rules as r', 'r.station_id', 'x.station_id')
    .select(['x.station_id as organisationId', 'w.grid'])
    .select([
      sql<number>`count(*)`.as('all'),
      count(isExpected).as('expected'),
      count(sql`${isExpected} AND NOT ${isLost}`).as('heard'),
      count(sql`x.last_seen_at IS NULL AND NOT ${isOff}`).as('notYet'),
      count(sql`x.battery <= ${lowBatteryPercent}`).as('lowBattery'),
      count(isButton).as('buttons'),
      count(sql`${isButton} AND b.tested_at > ${testedFrom}`).as('tested'),
    ])
    .where('x.is_registered', '=', 1)
    .where(isInScope('x.station_id', scope))
    .groupBy(['x.station_id', 'w.grid'])
    .execute();
  return rows;
}

async function residentCounts(db: Kysely<Tables>, { scope }: BoardSpan) {
  return db
    .selectFrom('residents')
    .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
    .select(['dwellings.station_id as organisationId', 'dwellings.grid', sql<number>`count(*)`.as('count')])
    .where(isInScope('dwellings.station_id', scope))
    .groupBy(['dwellings.station_id', 'dwellings.grid'])
    .execute();
}

async function userTallies(db: Kysely<Tables>, { fromMs, toMs, scope }: BoardSpan) {
  const rows = await db
    .selectFrom('users')
    .select([
      'organisation_id as organisationId',
      sql<number>`count(*)`.as('all'),
      sql<number>`sum(CASE WHEN last_login_at >= ${fromMs} AND last_login_at < ${toMs} THEN 1 ELSE 0 END)`.as(
        'loggedIn',
      ),
      sql<number | null>`max(last_login_at)`.as('lastLogInMs'),
    ])
    .where('is_active', '=', 1)
    .where(isInScope('organisation_id', scope))
    .groupBy('organisation_id')
    .execute();
  return rows.map((row) => ({ ...row, grid: null }));
}

async function stationScreens(db: Kysely<Tables>, { scope }: BoardSpan) {
  return db
    .selectFrom('organisations')
    .leftJoin('station_screens', 'station_screens.station_id', 'organisations.id')
    .select(['organisations.id', 'station_screens.last_screen_at'])
    .where('organisations.level', '=', 'station')
    .where(isInScope('organisations.id', scope))
    .execute();
}

async function handOversOf(db: Kysely<Tables>, { fromMs, toMs, scope }: BoardSpan) {
  const rows = await db
    .selectFrom('alarms')
    .innerJoin('journal', 'journal.alarm_id', 'alarms.id')
    .select(['alarms.station_id', sql<number>`max(journal.at)`.as('at')])
    .where('alarms.pressed_at', '>=', fromMs)
    .where('alarms.pressed_at', '<', toMs)
    .where(isInScope('alarms.station_id', scope))
    .where('journal.type', '=', 'alarm')
    .where('journal.kind', '=', 'handed-over')
    .groupBy('alarms.station_id')
    .execute();
  return new Map(rows.flatMap(({ station_id, at }) => (station_id === null ? [] : [[station_id, at]])));
}
