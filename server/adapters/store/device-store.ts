import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DeviceStore } from '../../device/device-store.ts';
import { deviceSearchText } from '../../search/search-text.ts';
import type { KeptQueries, Places } from './kept-queries.ts';
import type { Tables } from './tables.ts';

const withoutReadings = { ofName: () => [], ofText: () => [] };

export function createDeviceStore(
  db: Kysely<Tables>,
  kept: KeptQueries,
  touched: { devices: Set<string>; directory: Set<string> },
): DeviceStore {
  const home = kept.rows((of: Places<{ id: string }>) =>
    db
      .selectFrom('devices')
      .select(['type', 'resident_id', 'dwelling_id', 'station_id', 'gateway_id', 'is_registered'])
      .where('id', '=', of.id),
  );
  const see = kept.changes(
    (of: Places<{ id: string; seenAtMs: number; battery: number | null; rssi: number | null }>) =>
      db
        .updateTable('devices')
        .set({
          last_seen_at: of.seenAtMs,
          battery: sql`coalesce(${of.battery}, battery)`,
          rssi: sql`coalesce(${of.rssi}, rssi)`,
        })
        .where('id', '=', of.id),
  );
  return {
    async home(deviceId) {
      const [row] = await home({ id: deviceId });
      if (!row) return undefined;
      return {
        deviceId,
        type: row.type,
        residentId: row.resident_id,
        dwellingId: row.dwelling_id,
        stationId: row.station_id,
        gatewayId: row.gateway_id,
        isRegistered: row.is_registered === 1,
      };
    },
    async enterUnregistered(deviceId, gatewayId) {
      const gateway =
        gatewayId === null
          ? undefined
          : await db
              .selectFrom('gateways')
              .select('station_id')
              .where('id', '=', gatewayId)
              .executeTakeFirst();
      const stationId = gateway?.station_id ?? null;
      await db
        .insertInto('devices')
        .values({
          id: deviceId,
          type: 'other',
          name: '',
          room: '',
          station_id: stationId,
          dwelling_id: null,
          resident_id: null,
          gateway_id: gateway ? gatewayId : null,
          is_registered: 0,
          secret_hash: null,
          availability: null,
          last_seen_at: null,
          battery: null,
          rssi: null,
        })
        .execute();
      // An identifier has no pinyin, and the alarm of an unknown device must not wait for the dictionary.
      const text = deviceSearchText({ id: deviceId, name: '', room: '', heardAs: null }, '', withoutReadings);
      await db
        .insertInto('search_entries')
        .values({ kind: 'device', id: deviceId, station_id: stationId, text })
        .execute();
      touched.devices.add(deviceId);
      touched.directory.add(`device:${deviceId}`);
      return {
        deviceId,
        type: 'other',
        residentId: null,
        dwellingId: null,
        stationId,
        gatewayId: gateway ? gatewayId : null,
        isRegistered: false,
      };
    },
    async setAvailability(of, id, availability) {
      await db
        .updateTable(of === 'device' ? 'devices' : 'gateways')
        .set({ availability })
        .where('id', '=', id)
        .execute();
    },
    async see({ of, id, seenAtMs, battery, rssi }) {
      if (of === 'gateway') {
        await db.updateTable('gateways').set({ last_seen_at: seenAtMs }).where('id', '=', id).execute();
        return;
      }
      await see({ id, seenAtMs, battery: battery ?? null, rssi: rssi ?? null });
    },
  };
}
