import type { UnknownDevice } from '@carebell/contracts/unknown-devices.ts';
import { sql } from 'kysely';
import type { Kysely, SqlBool } from 'kysely';
import { instant } from '../../clock.ts';
import type { UnknownReads } from '../../unknown-device/unknown-reads.ts';
import type { Said } from '../../unknown-device/unknown-store.ts';
import { isInScope } from './page-rows.ts';
import type { Tables } from './tables.ts';

const fewStations = 50;

export function createUnknownReads(db: Kysely<Tables>): UnknownReads {
  return {
    async unknownDevices({ scope, stationId, gatewayId, isDismissed, after, limit }) {
      let query = rows(db).where(isInScope('g.station_id', scope));
      if (stationId !== undefined) query = query.where('g.station_id', '=', stationId);
      if (gatewayId !== undefined) query = query.where('u.gateway_id', '=', gatewayId);
      query = query.where('d.dismissed_at', isDismissed ? 'is not' : 'is', null);
      const [atMs, code = ''] = after?.split(' ') ?? [];
      if (atMs !== undefined) {
        query = query.where(sql<SqlBool>`(u.last_at, u.code) < (${Number(atMs)}, ${code})`);
      }
      // Of few stations the codes of their gateways are sorted; of many the latest are read until the page is full.
      const isFew =
        gatewayId !== undefined || stationId !== undefined || (scope !== 'all' && scope.size <= fewStations);
      const found = await query
        .orderBy(isFew ? sql`+u.last_at` : 'u.last_at', 'desc')
        .orderBy('u.code', 'desc')
        .limit(limit + 1)
        .execute();
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(unknownOf),
        cursor: last && found.length > limit ? `${last.last_at} ${last.code}` : null,
      };
    },
  };
}

/** Without what is registered at the gateway's station meanwhile, by its own identifier or as what it is heard as. */
function rows(db: Kysely<Tables>) {
  return db
    .selectFrom('unknown_devices as u')
    .innerJoin('gateways as g', 'g.id', 'u.gateway_id')
    .leftJoin('organisations as o', 'o.id', 'g.station_id')
    .leftJoin('dwellings as w', 'w.id', 'g.dwelling_id')
    .leftJoin('dismissed_codes as d', (join) =>
      join.onRef('d.station_id', '=', 'g.station_id').onRef('d.code', '=', 'u.code'),
    )
    .leftJoin('users', 'users.id', 'd.dismissed_by')
    .select([
      'u.gateway_id',
      'u.code',
      'u.first_at',
      'u.last_at',
      'u.times',
      'u.rssi',
      'u.battery',
      'u.said',
      'g.name as gateway_name',
      'g.station_id',
      'o.name as station_name',
      'w.address',
      'd.dismissed_at',
      'd.dismissed_by',
      'd.note',
      'users.display_name',
      // Written out, so that the index of open alarms is known to hold what is asked for.
      sql<string | null>`(
        SELECT a.id FROM alarms AS a
        WHERE a.subject = 'device:' || u.code AND a.phase <> 'closed' AND a.priority <> 'technical' LIMIT 1)`.as(
        'alarm_id',
      ),
    ])
    .where(
      sql<SqlBool>`NOT EXISTS (
        SELECT 1 FROM devices AS x JOIN gateways AS y ON y.id = x.gateway_id
        WHERE x.id = u.code AND x.is_registered = 1 AND y.station_id = g.station_id)
      AND NOT EXISTS (
        SELECT 1 FROM devices AS x JOIN gateways AS y ON y.id = x.gateway_id
        WHERE lower(x.heard_as) = lower(u.code) AND x.heard_as IS NOT NULL AND x.is_registered = 1
          AND y.station_id = g.station_id)`,
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

function unknownOf(row: Row): UnknownDevice {
  return {
    gatewayId: row.gateway_id,
    gatewayName: row.gateway_name,
    code: row.code,
    stationId: row.station_id,
    stationName: row.station_name,
    address: row.address,
    rssi: row.rssi,
    battery: row.battery,
    times: row.times,
    firstAt: instant(row.first_at),
    lastAt: instant(row.last_at),
    said: (JSON.parse(row.said) as Said[]).map(({ lastAtMs, ...said }) => ({
      ...said,
      lastAt: instant(lastAtMs),
    })),
    dismissed:
      row.dismissed_at === null || row.dismissed_by === null
        ? null
        : {
            at: instant(row.dismissed_at),
            by: { id: row.dismissed_by, displayName: row.display_name ?? row.dismissed_by },
            note: row.note ?? '',
          },
    openAlarmId: row.alarm_id,
  };
}
