import type { CommissioningPoint } from '@carebell/contracts/commissioning.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { instant } from '../../clock.ts';
import type { CommissioningReads } from '../../commissioning/commissioning-reads.ts';
import { changeKinds } from '../../commissioning/retest.ts';
import type { ChangeLine } from '../../commissioning/retest.ts';
import { pointOf } from '../../commissioning/settled.ts';
import { pointRecordOf, retestRecordOf } from './commissioning-rows.ts';
import { retestFollower } from './followers.ts';
import { isInScope } from './page-rows.ts';
import type { Tables } from './tables.ts';

const linesAtMost = 1_000;

export function createPointReads(
  db: Kysely<Tables>,
): Pick<CommissioningReads, 'points' | 'point' | 'retests' | 'changes' | 'marked'> {
  const allPoints = () =>
    db
      .selectFrom('commissioning_points as p')
      .leftJoin('dwellings', 'dwellings.id', 'p.dwelling_id')
      .leftJoin('organisations', 'organisations.id', 'p.station_id')
      .leftJoin('devices', 'devices.id', 'p.device_id')
      .leftJoin('users', 'users.id', 'p.done_by')
      .selectAll('p')
      .select([
        'dwellings.address',
        'organisations.name as station_name',
        'devices.name as device_name',
        'devices.type as device_type',
        'users.display_name',
      ]);
  type PointRow = Awaited<ReturnType<ReturnType<typeof allPoints>['execute']>>[number];
  const shown = (row: PointRow): CommissioningPoint =>
    pointOf(
      pointRecordOf(row),
      {
        address: row.address ?? '',
        stationName: row.station_name ?? '',
        deviceName: row.device_name ?? '',
        deviceType: row.device_type ?? 'other',
      },
      () => row.display_name ?? row.done_by ?? '',
    );

  return {
    async points({ scope, state, stationId, dwellingId, deviceId, limit, after }) {
      const isOpen = state === 'open';
      const place = sql.ref<number>(isOpen ? 'p.due_at' : 'p.done_at');
      let query = allPoints()
        .where(isInScope('p.station_id', scope))
        .where(isOpen ? sql<boolean>`p.done_at IS NULL` : sql<boolean>`p.done_at IS NOT NULL`)
        .orderBy(place, isOpen ? 'asc' : 'desc')
        .orderBy('p.id', isOpen ? 'asc' : 'desc')
        .limit(limit + 1);
      if (stationId !== undefined) query = query.where('p.station_id', '=', stationId);
      if (dwellingId !== undefined) query = query.where('p.dwelling_id', '=', dwellingId);
      if (deviceId !== undefined) query = query.where('p.device_id', '=', deviceId);
      const [, at, id] = placeIn(after);
      if (at !== undefined && id !== undefined)
        query = query.where(
          isOpen
            ? sql<boolean>`(p.due_at, p.id) > (${Number(at)}, ${id})`
            : sql<boolean>`(p.done_at, p.id) < (${Number(at)}, ${id})`,
        );
      const rows = await query.execute();
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const lastAt = last && (isOpen ? last.due_at : last.done_at);
      return {
        items: page.map(shown),
        cursor: rows.length > limit && last ? `${lastAt}.${last.id}` : null,
      };
    },
    async point(id) {
      const row = await allPoints().where('p.id', '=', id).executeTakeFirst();
      return row && shown(row);
    },
    async retests({ scope, stationId, dwellingId, deviceId, limit, after }) {
      let query = db
        .selectFrom('device_retests as r')
        .innerJoin('devices', 'devices.id', 'r.device_id')
        .leftJoin('dwellings', 'dwellings.id', 'devices.dwelling_id')
        .leftJoin('organisations', 'organisations.id', 'devices.station_id')
        .selectAll('r')
        .select([
          'devices.name',
          'devices.type',
          'devices.dwelling_id',
          'devices.station_id',
          'dwellings.address',
          'organisations.name as station_name',
        ])
        .where(isInScope('devices.station_id', scope))
        // What is out of service is tested no more.
        .where('devices.is_registered', '=', 1)
        .orderBy('r.since_at')
        .orderBy('r.device_id')
        .limit(limit + 1);
      if (stationId !== undefined) query = query.where('devices.station_id', '=', stationId);
      if (dwellingId !== undefined) query = query.where('devices.dwelling_id', '=', dwellingId);
      if (deviceId !== undefined) query = query.where('r.device_id', '=', deviceId);
      const [, at, id] = placeIn(after);
      if (at !== undefined && id !== undefined)
        query = query.where(sql<boolean>`(r.since_at, r.device_id) > (${Number(at)}, ${id})`);
      const rows = await query.execute();
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map((row) => {
          const { sinceMs, reasons, needs, commissioningId } = retestRecordOf(row);
          return {
            deviceId: row.device_id,
            deviceName: row.name,
            deviceType: row.type,
            dwellingId: row.dwelling_id,
            address: row.address ?? '',
            stationId: row.station_id ?? '',
            stationName: row.station_name ?? '',
            commissioningId,
            since: instant(sinceMs),
            reasons: [...reasons],
            needs,
          };
        }),
        cursor: rows.length > limit && last ? `${last.since_at}.${last.device_id}` : null,
      };
    },
    async changes() {
      const follower = await db
        .selectFrom('followers')
        .select('cursor')
        .where('name', '=', retestFollower)
        .executeTakeFirst();
      if (!follower) {
        const { last } = await db
          .selectFrom('journal')
          .select((select) => select.fn.max<number | null>('seq').as('last'))
          .executeTakeFirstOrThrow();
        return { lines: [], fromSeq: null, untilSeq: last ?? 0 };
      }
      const lines = () =>
        db
          .selectFrom('journal')
          .select(['seq', 'type', 'at', 'kind', 'device_id', 'body'])
          .where('seq', '>', follower.cursor)
          .orderBy('seq')
          .limit(linesAtMost);
      // As they stand in the indexes; parameters would not be known to be them.
      const changed = await lines()
        .where(sql<boolean>`type = 'registry'`)
        .where('kind', 'in', changeKinds)
        .execute();
      const present = await lines()
        .where(sql<boolean>`type = 'availability'`)
        .execute();
      const ends = [changed, present].flatMap((rows) =>
        rows.length < linesAtMost ? [] : (rows.at(-1)?.seq ?? []),
      );
      const untilSeq = Math.min(
        ...ends,
        Math.max(follower.cursor, changed.at(-1)?.seq ?? 0, present.at(-1)?.seq ?? 0),
      );
      const found = [...changed, ...present]
        .filter(({ seq }) => seq <= untilSeq)
        .toSorted((a, b) => a.seq - b.seq)
        .map((row): ChangeLine => ({
          seq: row.seq,
          atMs: row.at,
          type: row.type,
          kind: row.kind ?? '',
          deviceId: row.device_id,
          body: JSON.parse(row.body) as unknown,
        }));
      return { lines: found, fromSeq: follower.cursor, untilSeq };
    },
    async marked() {
      const rows = await db.selectFrom('device_retests').selectAll().orderBy('since_at').limit(500).execute();
      return rows.map(retestRecordOf);
    },
  };
}

function placeIn(after: string | undefined): readonly (string | undefined)[] {
  return /^(\d{1,15})\.([\w.:-]{1,64})$/.exec(after ?? '') ?? [];
}
