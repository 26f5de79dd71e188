import type { Signals } from '@carebell/contracts/messages.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { sql } from 'kysely';
import type { Kysely, RawBuilder, Selectable, SqlBool } from 'kysely';
import { instantOrNull } from '../../clock.ts';
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
    version: row.version,
  };
}
