import type { Kysely } from 'kysely';
import type { ExportReads } from '../../transfer/export-reads.ts';
import { deviceOf } from './device-reads.ts';
import { isInScope, pageOfRows } from './page-rows.ts';
import { residentOf } from './registry-rows.ts';
import { opened, openedResident } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

export function createExportReads(db: Kysely<Tables>): ExportReads {
  return {
    async residentRows({ scope, limit, after = '' }) {
      const rows = await db
        .selectFrom('residents')
        .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
        .selectAll('residents')
        .select(openedResident)
        .select([
          'dwellings.station_id',
          'dwellings.address',
          opened('dwellings.access').as('access'),
          'dwellings.grid',
          'dwellings.area',
          'dwellings.latitude',
          'dwellings.longitude',
        ])
        .where('residents.id', '>', after)
        .where(isInScope('dwellings.station_id', scope))
        .orderBy('residents.id')
        .limit(limit + 1)
        .execute();
      return pageOfRows(rows, limit, (row) => {
        const { version: _, ...resident } = residentOf(row);
        const { station_id: stationId, address, access, grid, area, latitude, longitude } = row;
        return { ...resident, stationId, address, access, grid, area, latitude, longitude };
      });
    },
    async deviceRows({ scope, limit, after = '' }) {
      const rows = await db
        .selectFrom('devices')
        .leftJoin('dwellings', 'dwellings.id', 'devices.dwelling_id')
        .selectAll('devices')
        .select('dwellings.address')
        .where('devices.id', '>', after)
        .where(isInScope('devices.station_id', scope))
        .orderBy('devices.id')
        .limit(limit + 1)
        .execute();
      return pageOfRows(rows, limit, (row) => ({ ...deviceOf(row), address: row.address ?? '' }));
    },
  };
}
