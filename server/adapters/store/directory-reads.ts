import type { Availability } from '@carebell/contracts/messages.ts';
import type { Kysely } from 'kysely';
import type { DirectoryRows } from '../../device/directory.ts';
import { signalsOf } from './device-reads.ts';
import { opened } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

/** Reads what the hub keeps in memory: everything, or only what these changes name. */
export async function readDirectory(
  db: Kysely<Tables>,
  changes: ReadonlySet<string> | 'all',
): Promise<DirectoryRows> {
  const devices = idsOf(changes, 'device:');
  const dwellings = idsOf(changes, 'dwelling:');
  const gateways = idsOf(changes, 'gateway:');
  const services = idsOf(changes, 'service:');
  const organisationsChanged = changes === 'all' || changes.has('organisations');
  return {
    devices:
      devices === 'all' || organisationsChanged
        ? await readDevices(db)
        : await readDevices(db, devices, dwellings === 'all' ? [] : dwellings),
    gateways: await readGateways(db, gateways),
    services: await readServices(db, services),
    organisations: organisationsChanged
      ? (await db.selectFrom('organisations').select(['id', 'level', 'parent_id', 'name']).execute()).map(
          ({ id, level, parent_id, name }) => ({ id, level, parentId: parent_id, name }),
        )
      : null,
  };
}

export type StoredPresence = { of: 'device' | 'gateway'; id: string; availability: Availability };

/** Who was last known to be online or offline, for the broker to start from. */
export async function readPresence(db: Kysely<Tables>): Promise<StoredPresence[]> {
  const found: StoredPresence[] = [];
  for (const [of, table] of [
    ['device', 'devices'],
    ['gateway', 'gateways'],
  ] as const) {
    const rows = await db
      .selectFrom(table)
      .select(['id', 'availability'])
      .where('availability', 'is not', null)
      .execute();
    for (const { id, availability } of rows) if (availability !== null) found.push({ of, id, availability });
  }
  return found;
}

function idsOf(changes: ReadonlySet<string> | 'all', prefix: string): string[] | 'all' {
  if (changes === 'all') return 'all';
  return [...changes]
    .filter((change) => change.startsWith(prefix))
    .map((change) => change.slice(prefix.length));
}

async function readDevices(
  db: Kysely<Tables>,
  ids?: string[],
  dwellingIds: string[] = [],
): Promise<DirectoryRows['devices']> {
  if (ids?.length === 0 && dwellingIds.length === 0) return [];
  let query = db
    .selectFrom('devices')
    .leftJoin('residents', 'residents.id', 'devices.resident_id')
    .leftJoin('dwellings', 'dwellings.id', 'devices.dwelling_id')
    .leftJoin('organisations', 'organisations.id', 'devices.station_id')
    .select([
      'devices.id',
      'devices.type',
      'devices.name',
      'devices.resident_id',
      'devices.dwelling_id',
      'devices.station_id',
      'devices.gateway_id',
      'devices.heard_as',
      'devices.signals',
      'devices.is_registered',
      'devices.secret_hash',
      'devices.next_secret_hash',
      'devices.retired_at',
      'residents.name as resident_name',
      opened('residents.phone').as('resident_phone'),
      'dwellings.address',
      'organisations.name as station_name',
    ]);
  if (ids) {
    query = query.where((where) =>
      where.or([
        where('devices.id', 'in', ids.length > 0 ? ids : ['']),
        where('devices.dwelling_id', 'in', dwellingIds.length > 0 ? dwellingIds : ['']),
      ]),
    );
  }
  const rows = await query.execute();
  return rows.map((row) => ({
    deviceId: row.id,
    type: row.type,
    name: row.name,
    residentId: row.resident_id,
    dwellingId: row.dwelling_id,
    stationId: row.station_id,
    gatewayId: row.gateway_id,
    heardAs: row.heard_as,
    signals: signalsOf(row.signals),
    isRegistered: row.is_registered === 1,
    secretHash: row.secret_hash,
    ...(row.next_secret_hash === null ? {} : { nextSecretHash: row.next_secret_hash }),
    ...(row.retired_at === null ? {} : { isRetired: true as const }),
    residentName: row.resident_name,
    residentPhone: row.resident_phone,
    address: row.address,
    stationName: row.station_name,
  }));
}

async function readGateways(db: Kysely<Tables>, ids: string[] | 'all'): Promise<DirectoryRows['gateways']> {
  if (ids !== 'all' && ids.length === 0) return [];
  let query = db.selectFrom('gateways').select(['id', 'station_id', 'secret_hash', 'next_secret_hash']);
  if (ids !== 'all') query = query.where('id', 'in', ids);
  return (await query.execute()).map((row) => ({
    id: row.id,
    stationId: row.station_id,
    secretHash: row.secret_hash,
    ...(row.next_secret_hash === null ? {} : { nextSecretHash: row.next_secret_hash }),
  }));
}

async function readServices(db: Kysely<Tables>, ids: string[] | 'all'): Promise<DirectoryRows['services']> {
  if (ids !== 'all' && ids.length === 0) return [];
  let query = db.selectFrom('service_accounts').select(['id', 'secret_hash']);
  if (ids !== 'all') query = query.where('id', 'in', ids);
  return (await query.execute()).map((row) => ({ id: row.id, secretHash: row.secret_hash }));
}
