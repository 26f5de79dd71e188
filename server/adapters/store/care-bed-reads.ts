import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { CareBedReads, CareBedRow } from '../../care-bed/care-bed-reads.ts';
import { careBedOf, openedBed } from './care-bed-store.ts';
import { heardAvailability } from './device-reads.ts';
import { isInScope } from './page-rows.ts';
import type { Tables } from './tables.ts';

export function createCareBedReads(db: Kysely<Tables>): CareBedReads {
  const all = () =>
    db
      .selectFrom('care_beds')
      .innerJoin('residents', 'residents.id', 'care_beds.resident_id')
      .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
      .leftJoin('organisations', 'organisations.id', 'dwellings.station_id')
      .leftJoin('users', 'users.id', 'care_beds.opened_by')
      .selectAll('care_beds')
      .select(openedBed)
      .select([
        'residents.name as resident_name',
        'dwellings.id as dwelling_id',
        'dwellings.address',
        'dwellings.station_id',
        'organisations.name as station_name',
        'users.display_name as opened_by_name',
      ]);
  type Row = Awaited<ReturnType<ReturnType<typeof all>['execute']>>[number];

  async function withDevices(rows: readonly Row[]): Promise<CareBedRow[]> {
    const homes = rows.map(({ dwelling_id }) => dwelling_id);
    const devices =
      homes.length === 0
        ? []
        : await db
            .selectFrom('devices')
            .select(['id', 'name', 'type', 'dwelling_id', 'resident_id', 'last_seen_at'])
            .select(heardAvailability.as('heard'))
            .where('is_registered', '=', 1)
            .where('type', 'in', ['bed-sensor', 'button', 'terminal'])
            .where('dwelling_id', 'in', homes)
            .orderBy('id')
            .execute();
    return rows.map((row) => ({
      ...careBedOf(row),
      residentName: row.resident_name,
      dwellingId: row.dwelling_id,
      address: row.address,
      stationId: row.station_id,
      stationName: row.station_name ?? '',
      openedByName: row.opened_by_name ?? '',
      devices: devices
        .filter(
          ({ dwelling_id, resident_id }) =>
            dwelling_id === row.dwelling_id && (resident_id === null || resident_id === row.resident_id),
        )
        .map(({ id, name, type, heard, last_seen_at }) => ({
          id,
          name,
          of: type === 'bed-sensor' ? ('bed-sensor' as const) : ('button' as const),
          isHeard: last_seen_at !== null && heard !== 'offline',
        })),
    }));
  }

  return {
    async beds({ scope, stationId, isEnded, limit }) {
      let query = all()
        .where('care_beds.ended_at', isEnded ? 'is not' : 'is', null)
        .where(isInScope('dwellings.station_id', scope));
      if (stationId !== undefined) query = query.where('dwellings.station_id', '=', stationId);
      const rows = await query
        .orderBy(sql`coalesce(care_beds.ended_at, 0)`, 'desc')
        .orderBy('organisations.name')
        .orderBy('dwellings.address')
        .orderBy('care_beds.id')
        .limit(limit)
        .execute();
      return withDevices(rows);
    },
    async bed(id) {
      const row = await all().where('care_beds.id', '=', id).executeTakeFirst();
      return row && (await withDevices([row]))[0];
    },
    async openAt(stationId) {
      const rows = await db
        .selectFrom('care_beds')
        .innerJoin('residents', 'residents.id', 'care_beds.resident_id')
        .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
        .select(['care_beds.id', 'care_beds.resident_id'])
        .where('care_beds.ended_at', 'is', null)
        .where('dwellings.station_id', '=', stationId)
        .execute();
      return new Map(rows.map(({ id, resident_id }) => [resident_id, id]));
    },
  };
}
