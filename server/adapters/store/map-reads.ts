import type { OutlineLines } from '@carebell/contracts/map.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { MapReads } from '../../place-map/map-reads.ts';
import type { OutlineStore } from '../../place-map/outline-store.ts';
import { isInScope } from './page-rows.ts';
import type { Tables } from './tables.ts';

export function createMapReads(db: Kysely<Tables>): MapReads {
  return {
    async frame(scope) {
      const stations = await db
        .selectFrom('organisations')
        .select(['id', 'name', 'latitude', 'longitude'])
        .where('level', '=', 'station')
        .where('latitude', 'is not', null)
        .where(isInScope('id', scope))
        .orderBy('name')
        .execute();
      const outlines = await db
        .selectFrom('outlines')
        .select(['organisation_id', 'geometry'])
        .where(isInScope('organisation_id', scope))
        .execute();
      const counts = await db
        .selectFrom('dwellings')
        .select([sql<number>`count(*)`.as('all'), sql<number>`count(latitude)`.as('placed')])
        .where(isInScope('station_id', scope))
        .executeTakeFirstOrThrow();
      return {
        stations: stations.flatMap(({ id, name, latitude, longitude }) =>
          latitude === null || longitude === null ? [] : [{ id, name, latitude, longitude }],
        ),
        outlines: outlines.map(({ organisation_id, geometry }) => ({
          organisationId: organisation_id,
          lines: JSON.parse(geometry) as OutlineLines,
        })),
        placed: counts.placed,
        unplaced: counts.all - counts.placed,
      };
    },
    async places({ scope, after, limit }) {
      const rows = await db
        .selectFrom('dwellings')
        .select(['id', 'longitude', 'latitude'])
        .where('id', '>', after)
        .where('latitude', 'is not', null)
        .where(isInScope('station_id', scope))
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({ id, longitude, latitude }) => [id, longitude ?? 0, latitude ?? 0]);
    },
    async awayFrom(scope) {
      return db
        .selectFrom('absences')
        .innerJoin('residents', 'residents.id', 'absences.resident_id')
        .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
        .select(['dwellings.id as dwellingId', 'dwellings.address'])
        .distinct()
        .where('absences.phase', '=', 'running')
        .where('absences.kind', '<>', 'carer-present')
        .where(isInScope('dwellings.station_id', scope))
        .execute();
    },
    async outline(organisationId) {
      const row = await db
        .selectFrom('outlines')
        .select('geometry')
        .where('organisation_id', '=', organisationId)
        .executeTakeFirst();
      return row && (JSON.parse(row.geometry) as OutlineLines);
    },
  };
}

export function createOutlineStore(db: Kysely<Tables>): OutlineStore {
  return {
    async put(organisationId, lines, nowMs) {
      const outline = { geometry: JSON.stringify(lines), changed_at: nowMs };
      await db
        .insertInto('outlines')
        .values({ organisation_id: organisationId, ...outline })
        .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(outline))
        .execute();
    },
    async remove(organisationId) {
      await db.deleteFrom('outlines').where('organisation_id', '=', organisationId).execute();
    },
  };
}
