import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { DeviceRecord, Entered, GatewayRecord, RegistryStore } from '../../resident/registry-store.ts';
import { deviceOf, isHeardAs } from './device-reads.ts';
import { dwellingWith, organisationWith, residentWith } from './registry-records.ts';
import { dwellingColumns, dwellingOf, organisationColumns, residentColumns } from './registry-rows.ts';
import { refreshSearchEntries } from './search-entries.ts';
import { openedAccess } from './sealed-texts.ts';
import type { Tables } from './tables.ts';
import { lookForDigests } from './digest-store.ts';
import { lookAgain } from './visit-store.ts';

const accountTables = { device: 'devices', gateway: 'gateways', service: 'service_accounts' } as const;
const nextVersion = { version: sql<number>`version + 1` };
const neverSeen = { availability: null, last_seen_at: null };

export function createRegistryStore(db: Kysely<Tables>): RegistryStore {
  return {
    organisation: (id) => organisationWith(db, id),
    async insertOrganisation(organisation) {
      await db.insertInto('organisations').values(organisationColumns(organisation)).execute();
      await lookForDigests(db, organisation.id);
    },
    async updateOrganisation(organisation) {
      const { id, ...columns } = organisationColumns(organisation);
      await db
        .updateTable('organisations')
        .set({ ...columns, ...nextVersion })
        .where('id', '=', id)
        .execute();
    },
    dwelling: (id) => dwellingWith(db, id),
    async dwellingAt(stationId, address) {
      const row = await db
        .selectFrom('dwellings')
        .selectAll()
        .select(openedAccess)
        .where('station_id', '=', stationId)
        .where('address', '=', address)
        .executeTakeFirst();
      return row && dwellingOf(row);
    },
    async insertDwelling(dwelling) {
      await db.insertInto('dwellings').values(dwellingColumns(dwelling)).execute();
      await refreshSearchEntries(db, { dwellingId: dwelling.id });
    },
    async updateDwelling(dwelling) {
      const { id, ...columns } = dwellingColumns(dwelling);
      await db
        .updateTable('dwellings')
        .set({ ...columns, ...nextVersion })
        .where('id', '=', id)
        .execute();
      await refreshSearchEntries(db, { dwellingId: id });
      await lookAgain(db, { dwellingId: id });
    },
    resident: (id) => residentWith(db, id),
    async insertResident(resident) {
      await db.insertInto('residents').values(residentColumns(resident)).execute();
      await refreshSearchEntries(db, { residentId: resident.id });
      await lookAgain(db, { residentId: resident.id });
    },
    async updateResident(resident) {
      const { id, ...columns } = residentColumns(resident);
      await db
        .updateTable('residents')
        .set({ ...columns, ...nextVersion })
        .where('id', '=', id)
        .execute();
      await refreshSearchEntries(db, { residentId: id });
      await lookAgain(db, { residentId: id });
    },
    async gateway(id) {
      const row = await db.selectFrom('gateways').selectAll().where('id', '=', id).executeTakeFirst();
      return row && gatewayRecordOf(row);
    },
    async gatewaysIn(dwellingId) {
      const rows = await db
        .selectFrom('gateways')
        .selectAll()
        .where('dwelling_id', '=', dwellingId)
        .execute();
      return rows.map(gatewayRecordOf);
    },
    async insertGateway({ id, ...gateway }, secretHash) {
      await db
        .insertInto('gateways')
        .values({ id, ...gatewayColumns(gateway), secret_hash: secretHash, ...neverSeen })
        .execute();
    },
    async updateGateway({ id, ...gateway }) {
      await db
        .updateTable('gateways')
        .set({ ...gatewayColumns(gateway), ...nextVersion })
        .where('id', '=', id)
        .execute();
    },
    async device(id) {
      const row = await db.selectFrom('devices').selectAll().where('id', '=', id).executeTakeFirst();
      return row && deviceOf(row);
    },
    async devicesOf(owner) {
      const devices = db.selectFrom('devices').selectAll();
      const owned =
        'dwellingId' in owner
          ? devices.where('dwelling_id', '=', owner.dwellingId)
          : 'residentId' in owner
            ? devices.where('resident_id', '=', owner.residentId)
            : devices.where('gateway_id', '=', owner.gatewayId);
      return (await owned.execute()).map(deviceOf);
    },
    async deviceHeardAs({ name, stationId, except }) {
      // Each part by its own index: with one OR over both names every device would be looked at.
      const named = db
        .selectFrom('devices as n')
        .select('n.id')
        .where('n.heard_as', 'is not', null)
        .where(isHeardAs('n.heard_as', name))
        .unionAll(db.selectFrom('devices as n').select('n.id').where(isHeardAs('n.id', name)));
      const row = await db
        .selectFrom('devices')
        .leftJoin('gateways', 'gateways.id', 'devices.gateway_id')
        .selectAll('devices')
        .where('devices.id', 'in', named)
        .where('devices.is_registered', '=', 1)
        .where('devices.id', '<>', except)
        .where((where) =>
          where.or([
            where.and([isHeardAs('devices.heard_as', name), where('gateways.station_id', '=', stationId)]),
            where.and([
              isHeardAs('devices.id', name),
              where.or([
                where('gateways.station_id', '=', stationId),
                where('devices.station_id', '=', stationId),
              ]),
            ]),
          ]),
        )
        .executeTakeFirst();
      return row && deviceOf(row);
    },
    async insertDevice(device) {
      await db
        .insertInto('devices')
        .values({
          id: device.id,
          ...deviceColumns(device),
          secret_hash: null,
          ...neverSeen,
          battery: null,
          rssi: null,
        })
        .execute();
      await refreshSearchEntries(db, { deviceId: device.id });
    },
    async updateDevice(device) {
      await db
        .updateTable('devices')
        .set({ ...deviceColumns(device), ...nextVersion })
        .where('id', '=', device.id)
        .execute();
      await refreshSearchEntries(db, { deviceId: device.id });
    },
    async insertServiceAccount({ id, name, secretHash, createdAtMs }) {
      await db
        .insertInto('service_accounts')
        .values({ id, name, secret_hash: secretHash, created_at: createdAtMs })
        .execute();
    },
    async accountKind(id) {
      for (const kind of ['device', 'gateway', 'service'] as const) {
        const row = await db
          .selectFrom(accountTables[kind])
          .select('id')
          .where('id', '=', id)
          .executeTakeFirst();
        if (row) return kind;
      }
      return undefined;
    },
    async setSecretHash(of, id, secretHash) {
      await db.updateTable(accountTables[of]).set({ secret_hash: secretHash }).where('id', '=', id).execute();
      if (of === 'service') return;
      // One that was handed out and not used yet is not good beside the new one.
      await db.updateTable(accountTables[of]).set({ next_secret_hash: null }).where('id', '=', id).execute();
    },
  };
}

function gatewayRecordOf(row: Selectable<Tables['gateways']>): GatewayRecord {
  return {
    id: row.id,
    name: row.name,
    stationId: row.station_id,
    dwellingId: row.dwelling_id,
    version: row.version,
  };
}

function gatewayColumns(gateway: Omit<Entered<GatewayRecord>, 'id'>) {
  return { name: gateway.name, station_id: gateway.stationId, dwelling_id: gateway.dwellingId };
}

function deviceColumns(device: Entered<DeviceRecord>) {
  return {
    type: device.type,
    name: device.name,
    room: device.room,
    station_id: device.stationId,
    dwelling_id: device.dwellingId,
    resident_id: device.residentId,
    gateway_id: device.gatewayId,
    heard_as: device.heardAs,
    signals: JSON.stringify(device.signals),
    is_registered: device.isRegistered ? 1 : 0,
  };
}
