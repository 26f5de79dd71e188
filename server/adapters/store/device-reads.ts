import type { Availability, Signals } from '@carebell/contracts/messages.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { sql } from 'kysely';
import type { Kysely, RawBuilder, Selectable, SqlBool } from 'kysely';
import { instant, instantOrNull } from '../../clock.ts';
import { predecessorsOf } from '../../device/lineage.ts';
import { lineageIn } from './exchange-store.ts';
import type { KeptQueries, Places } from './kept-queries.ts';
import type { Tables } from './tables.ts';

export function keepDevice(
  db: Kysely<Tables>,
  kept: KeptQueries,
): (deviceId: string) => Promise<Device | undefined> {
  const device = kept.rows((of: Places<{ id: string }>) =>
    db.selectFrom('devices').selectAll().where('id', '=', of.id),
  );
  return async (id) => {
    const [row] = await device({ id });
    return row && deviceOf(row);
  };
}

/** Codes are printed in capitals on some labels; they do not differ by case alone. */
export function isHeardAs(column: string, name: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`lower(${sql.ref(column)}) = ${name.toLowerCase()}`;
}

/** Most devices have none, and then share one object in the memory of the hub. */
export function signalsOf(text: string): Signals {
  return text === '{}' ? noSignals : (JSON.parse(text) as Signals);
}

const noSignals: Signals = Object.freeze({});

/**
 * Whether a device is there, as far as the hub can know: `NULL` while its gateway is gone and nobody has heard it since, whatever
 * was announced last; `offline` while it is silent; else as announced.
 */
export const heardAvailability = sql<Availability | null>`CASE
  WHEN devices.gateway_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM gateways LEFT JOIN supervised ON supervised.of = 'gateway' AND supervised.id = gateways.id
    WHERE gateways.id = devices.gateway_id
      AND (gateways.availability = 'offline' OR supervised.silent_since IS NOT NULL)
      AND coalesce(devices.last_seen_at, 0) <= coalesce(gateways.last_seen_at, 0)
  ) THEN NULL
  WHEN EXISTS (
    SELECT 1 FROM supervised
    WHERE supervised.of = 'device' AND supervised.id = devices.id AND supervised.silent_since IS NOT NULL
  ) THEN 'offline'
  ELSE devices.availability END`;

export function deviceOf(row: Selectable<Tables['devices']>): Device {
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    room: row.room,
    stationId: row.station_id,
    dwellingId: row.dwelling_id,
    residentId: row.resident_id,
    gatewayId: row.gateway_id,
    heardAs: row.heard_as,
    signals: signalsOf(row.signals),
    isRegistered: row.is_registered === 1,
    hasSecret: row.secret_hash !== null,
    availability: row.availability,
    lastSeenAt: instantOrNull(row.last_seen_at),
    battery: row.battery,
    rssi: row.rssi,
    ...lifeOf(row),
    version: row.version,
  };
}

function lifeOf(row: Selectable<Tables['devices']>): Partial<Device> {
  const predecessors = predecessorsOf(lineageIn(row.lineage));
  return {
    ...(row.retired_at === null ? {} : { retiredAt: instant(row.retired_at) }),
    ...(row.replaced_by === null ? {} : { replacedBy: row.replaced_by }),
    ...(predecessors.length === 0 ? {} : { predecessors }),
  };
}
