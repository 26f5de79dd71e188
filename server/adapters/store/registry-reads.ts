import { sql } from 'kysely';
import type { Kysely, RawBuilder, SqlBool } from 'kysely';
import type { RegistryReads } from '../../resident/registry-reads.ts';
import { deviceOf, heardAvailability, isHeardAs } from './device-reads.ts';
import { isInScope, pageOfRows } from './page-rows.ts';
import { dwellingWith, organisationWith, residentWith } from './registry-records.ts';
import { dwellingOf, gatewayOf, organisationOf, residentOf, serviceAccountOf } from './registry-rows.ts';
import { isFoundBy, isWrittenIn } from './search-reads.ts';
import { openedAccess, openedResident } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

export function createRegistryReads(db: Kysely<Tables>): RegistryReads {
  return {
    organisation: (id) => organisationWith(db, id),
    async organisations({ scope, level, limit, after = '' }) {
      let query = db
        .selectFrom('organisations')
        .selectAll()
        .where('id', '>', after)
        .where(isInScope('id', scope));
      if (level !== undefined) query = query.where('level', '=', level);
      const rows = await query
        .orderBy('id')
        .limit(limit + 1)
        .execute();
      return pageOfRows(rows, limit, organisationOf);
    },
    dwelling: (id) => dwellingWith(db, id),
    async dwellings({ scope, stationId, q, limit, after = '' }) {
      let query = db
        .selectFrom('dwellings')
        .selectAll()
        .select(openedAccess)
        .where('id', '>', after)
        .where(isInScope('station_id', scope));
      if (stationId !== undefined) query = query.where('station_id', '=', stationId);
      if (q) query = query.where(isFoundBy('dwelling', 'id', q));
      const rows = await query
        .orderBy('id')
        .limit(limit + 1)
        .execute();
      return pageOfRows(rows, limit, dwellingOf);
    },
    resident: (id) => residentWith(db, id),
    async residents({ scope, stationId, dwellingId, q, limit, after = '' }) {
      let query = db
        .selectFrom('residents')
        .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
        .selectAll('residents')
        .select(openedResident)
        .where('residents.id', '>', after)
        .where(isInScope('dwellings.station_id', scope));
      if (stationId !== undefined) query = query.where('dwellings.station_id', '=', stationId);
      if (dwellingId !== undefined) query = query.where('residents.dwelling_id', '=', dwellingId);
      if (q) {
        query = query.where(isFoundBy('resident', 'residents.id', q));
      }
      const rows = await query
        .orderBy('residents.id')
        .limit(limit + 1)
        .execute();
      return pageOfRows(rows, limit, residentOf);
    },
    async device(id) {
      const row = await db
        .selectFrom('devices')
        .selectAll()
        .select(heardAvailability.as('heard'))
        .where('id', '=', id)
        .executeTakeFirst();
      return row && { ...deviceOf(row), availability: row.heard };
    },
    async devices(wanted) {
      const { scope, limit, after = '', q } = wanted;
      let query = db
        .selectFrom('devices')
        .selectAll()
        .select(heardAvailability.as('heard'))
        .where('devices.id', '>', after)
        .where(isInScope('devices.station_id', scope));
      const { stationId, dwellingId, residentId, gatewayId, heardAs, isRegistered, availability } = wanted;
      if (stationId !== undefined) query = query.where('devices.station_id', '=', stationId);
      if (dwellingId !== undefined) query = query.where('devices.dwelling_id', '=', dwellingId);
      if (residentId !== undefined) query = query.where('devices.resident_id', '=', residentId);
      if (gatewayId !== undefined) query = query.where('devices.gateway_id', '=', gatewayId);
      if (heardAs !== undefined) query = query.where(isHeardAs('devices.heard_as', heardAs));
      if (isRegistered === false) query = query.where(isNobodys()).where('devices.retired_at', 'is', null);
      if (isRegistered !== undefined) query = query.where('devices.is_registered', '=', isRegistered ? 1 : 0);
      if (availability !== undefined)
        query = query.where(sql<SqlBool>`${heardAvailability} = ${availability}`);
      if (q) {
        query = query.where(isFoundBy('device', 'devices.id', q));
      }
      const rows = await query
        .orderBy('devices.id')
        .limit(limit + 1)
        .execute();
      return pageOfRows(rows, limit, (row) => ({ ...deviceOf(row), availability: row.heard }));
    },
    async gateway(id) {
      const row = await db.selectFrom('gateways').selectAll().where('id', '=', id).executeTakeFirst();
      return row && gatewayOf(row);
    },
    async gateways({ scope, stationId, q, limit, after = '' }) {
      let query = db
        .selectFrom('gateways')
        .selectAll()
        .where('id', '>', after)
        .where(isInScope('station_id', scope));
      if (stationId !== undefined) query = query.where('station_id', '=', stationId);
      if (q) query = query.where(isWrittenIn(['id', 'name'], q));
      const rows = await query
        .orderBy('id')
        .limit(limit + 1)
        .execute();
      return pageOfRows(rows, limit, gatewayOf);
    },
    async serviceAccount(id) {
      const row = await db.selectFrom('service_accounts').selectAll().where('id', '=', id).executeTakeFirst();
      return row && serviceAccountOf(row);
    },
    async serviceAccounts({ limit, after = '' }) {
      const rows = await db
        .selectFrom('service_accounts')
        .selectAll()
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit + 1)
        .execute();
      return pageOfRows(rows, limit, serviceAccountOf);
    },
  };
}

/** Not even by another name: a code that some device of the station is heard as waits for nobody to enter it. */
function isNobodys(): RawBuilder<SqlBool> {
  return sql<SqlBool>`not exists (select 1 from devices as entered
    where lower(entered.heard_as) = lower(devices.id) and entered.station_id = devices.station_id)`;
}
