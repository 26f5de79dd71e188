import type { Kysely } from 'kysely';
import { deviceSearchText, dwellingSearchText, residentSearchText } from '../../search/search-text.ts';
import type { Readings } from '../../search/search-text.ts';
import type { SearchKind } from '../../search/search-reads.ts';
import { loadPinyin } from '../pinyin.ts';
import { residentOf } from './registry-rows.ts';
import { openedResident, sealed } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

type Entry = { kind: SearchKind; id: string; station_id: string | null; text: string };

/** Which records are to be written anew: these, or those of a dwelling, whose address they are found by too. */
type Wanted = { residentId: string } | { deviceId: string } | { dwellingId: string } | 'all';

/** Rows of one statement: four parameters each, and SQLite takes 32,766. */
const rowsAtOnce = 500;

/** Keeps what records are found by beside the records themselves; call it after the change, in its transaction. */
export async function refreshSearchEntries(db: Kysely<Tables>, wanted: Wanted): Promise<void> {
  const readings = await loadPinyin();
  const entries = [
    ...(await residentEntries(db, wanted, readings)),
    ...(await dwellingEntries(db, wanted, readings)),
    ...(await deviceEntries(db, wanted, readings)),
  ];
  for (let from = 0; from < entries.length; from += rowsAtOnce) {
    await db
      .insertInto('search_entries')
      .values(entries.slice(from, from + rowsAtOnce).map(stored))
      .onConflict((conflict) =>
        conflict.columns(['kind', 'id']).doUpdateSet((excluded) => ({
          station_id: excluded.ref('excluded.station_id'),
          text: excluded.ref('excluded.text'),
        })),
      )
      .execute();
  }
}

/** After a migration that created or emptied them. A registry without a dwelling or device has none, and needs none. */
export async function areSearchEntriesMissing(db: Kysely<Tables>): Promise<boolean> {
  if (await db.selectFrom('search_entries').select('id').limit(1).executeTakeFirst()) return false;
  const dwelling = await db.selectFrom('dwellings').select('id').limit(1).executeTakeFirst();
  const device = await db.selectFrom('devices').select('id').limit(1).executeTakeFirst();
  return dwelling !== undefined || device !== undefined;
}

function stored({ text, ...entry }: Entry) {
  return entry.kind === 'resident'
    ? { ...entry, text: sealed('search_entries.text', entry.id, text) }
    : { ...entry, text };
}

async function residentEntries(db: Kysely<Tables>, wanted: Wanted, readings: Readings): Promise<Entry[]> {
  if (wanted !== 'all' && 'deviceId' in wanted) return [];
  let query = db
    .selectFrom('residents')
    .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
    .selectAll('residents')
    .select(openedResident)
    .select(['dwellings.station_id', 'dwellings.address']);
  if (wanted !== 'all') {
    query =
      'residentId' in wanted
        ? query.where('residents.id', '=', wanted.residentId)
        : query.where('residents.dwelling_id', '=', wanted.dwellingId);
  }
  return (await query.execute()).map((row) => ({
    kind: 'resident',
    id: row.id,
    station_id: row.station_id,
    text: residentSearchText(residentOf(row), row.address, readings),
  }));
}

async function dwellingEntries(db: Kysely<Tables>, wanted: Wanted, readings: Readings): Promise<Entry[]> {
  if (wanted !== 'all' && !('dwellingId' in wanted)) return [];
  let query = db.selectFrom('dwellings').select(['id', 'station_id', 'address', 'grid']);
  if (wanted !== 'all') query = query.where('id', '=', wanted.dwellingId);
  return (await query.execute()).map((row) => ({
    kind: 'dwelling',
    id: row.id,
    station_id: row.station_id,
    text: dwellingSearchText(row, readings),
  }));
}

async function deviceEntries(db: Kysely<Tables>, wanted: Wanted, readings: Readings): Promise<Entry[]> {
  if (wanted !== 'all' && 'residentId' in wanted) return [];
  let query = db
    .selectFrom('devices')
    .leftJoin('dwellings', 'dwellings.id', 'devices.dwelling_id')
    .select(['devices.id', 'devices.name', 'devices.room', 'devices.station_id', 'dwellings.address'])
    .select('devices.heard_as as heardAs');
  if (wanted !== 'all') {
    query =
      'deviceId' in wanted
        ? query.where('devices.id', '=', wanted.deviceId)
        : query.where('devices.dwelling_id', '=', wanted.dwellingId);
  }
  return (await query.execute()).map((row) => ({
    kind: 'device',
    id: row.id,
    station_id: row.station_id,
    text: deviceSearchText(row, row.address ?? '', readings),
  }));
}
