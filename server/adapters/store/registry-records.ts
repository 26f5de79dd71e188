import type { Dwelling, Organisation, Resident } from '@carebell/contracts/registry.ts';
import type { Kysely } from 'kysely';
import { dwellingOf, organisationOf, residentOf } from './registry-rows.ts';
import { openedAccess, openedResident } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables>;

/** One record of the registry, for who writes in a transaction and for who only reads. */
export async function organisationWith(db: Db, id: string): Promise<Organisation | undefined> {
  const row = await db.selectFrom('organisations').selectAll().where('id', '=', id).executeTakeFirst();
  return row && organisationOf(row);
}

export async function dwellingWith(db: Db, id: string): Promise<Dwelling | undefined> {
  const row = await db
    .selectFrom('dwellings')
    .selectAll()
    .select(openedAccess)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && dwellingOf(row);
}

export async function residentWith(db: Db, id: string): Promise<Resident | undefined> {
  const row = await db
    .selectFrom('residents')
    .selectAll()
    .select(openedResident)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && residentOf(row);
}

export async function residentsIn(db: Db, dwellingId: string): Promise<string[]> {
  const rows = await db.selectFrom('residents').select('id').where('dwelling_id', '=', dwellingId).execute();
  return rows.map(({ id }) => id);
}

/** The devices that speak through a gateway. */
export async function devicesBehind(db: Db, gatewayId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('devices')
    .select('id')
    .where('gateway_id', '=', gatewayId)
    .where('is_registered', '=', 1)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
