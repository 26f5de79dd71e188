import { sql } from 'kysely';
import type { Kysely, RawBuilder, SqlBool } from 'kysely';
import type { SearchKind, SearchReads } from '../../search/search-reads.ts';
import { searchTermsOf } from '../../search/search-text.ts';
import { isInScope } from './page-rows.ts';
import { opened } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

type Terms = Parameters<SearchReads['find']>[0]['terms'];

export function createSearchReads(db: Kysely<Tables>): SearchReads {
  return {
    async find({ terms, scope, limit, kinds }) {
      const idsOf = async (kind: SearchKind): Promise<string[]> => {
        if (!kinds.includes(kind)) return [];
        const text = sql.ref<string>('entries.text');
        // Each entry is opened once, however often its text is asked for.
        const rows = await db
          .with(
            (cte) => cte('entries').materialized(),
            (query) =>
              query
                .selectFrom('search_entries')
                .select(['id', textOf(kind).as('text')])
                .where('kind', '=', kind)
                .where(isInScope('station_id', scope)),
          )
          .selectFrom('entries')
          .select('id')
          .where(containsTerms(text, terms))
          .orderBy(sql`case when ${containsTerms(text, terms, '\n')} then 0 else 1 end`)
          .orderBy(text)
          .limit(limit)
          .execute();
        return rows.map(({ id }) => id);
      };
      const [residentIds, dwellingIds, deviceIds] = await Promise.all([
        idsOf('resident'),
        idsOf('dwelling'),
        idsOf('device'),
      ]);
      const [residents, dwellings, devices] = await Promise.all([
        residentsOf(db, residentIds),
        dwellingsOf(db, dwellingIds),
        devicesOf(db, deviceIds),
      ]);
      return {
        residents: inOrder(residentIds, residents),
        dwellings: inOrder(dwellingIds, dwellings),
        devices: inOrder(deviceIds, devices),
      };
    },
  };
}

/** This record is found by these words; stands in the `q` of a list. */
export function isFoundBy(kind: SearchKind, idColumn: string, q: string): RawBuilder<SqlBool> {
  const entries = sql`select id, ${textOf(kind)} as text from search_entries where kind = ${kind}`;
  const isFound = containsTerms(sql.ref<string>('entries.text'), searchTermsOf(q));
  return sql<SqlBool>`${sql.ref(idColumn)} in (with entries as materialized (${entries}) select id from entries where ${isFound})`;
}

/** These words stand in one of the columns each; for the few records that the search has no entries of. */
export function isWrittenIn(columns: readonly string[], q: string): RawBuilder<SqlBool> {
  const text = sql.join(
    columns.map((column) => sql.ref(column)),
    sql` || ' ' || `,
  );
  const words = q.toLowerCase().split(/\s+/);
  const all = words.map(
    (word) => sql<SqlBool>`lower(${text}) like ${patternOf(word)} escape ${sql.lit('\\')}`,
  );
  return sql<SqlBool>`(${sql.join(all, sql` and `)})`;
}

function textOf(kind: SearchKind): RawBuilder<string> {
  return kind === 'resident' ? opened('search_entries.text') : sql.ref<string>('search_entries.text');
}

/** One of the lists is there whole. Both sides are in small letters; `%` and `_` in the words stand for themselves. */
function containsTerms(text: RawBuilder<string>, terms: Terms, before = ''): RawBuilder<SqlBool> {
  const alternatives = terms.map((words) => {
    const all = words.map((word) => {
      return sql<SqlBool>`${text} like ${patternOf(word, before)} escape ${sql.lit('\\')}`;
    });
    return sql<SqlBool>`(${sql.join(all, sql` and `)})`;
  });
  return sql<SqlBool>`(${sql.join(alternatives, sql` or `)})`;
}

function patternOf(word: string, before = ''): string {
  return `%${before}${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

async function residentsOf(db: Kysely<Tables>, ids: string[]) {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('residents')
    .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
    .select([
      'residents.id',
      'residents.name',
      opened('residents.phone').as('phone'),
      'residents.dwelling_id',
      'dwellings.address',
    ])
    .where('residents.id', 'in', ids)
    .execute();
  return rows.map(({ dwelling_id, ...row }) => ({ ...row, dwellingId: dwelling_id }));
}

async function dwellingsOf(db: Kysely<Tables>, ids: string[]) {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('dwellings')
    .select(['id', 'address', 'station_id'])
    .where('id', 'in', ids)
    .execute();
  return rows.map(({ station_id, ...row }) => ({ ...row, stationId: station_id }));
}

async function devicesOf(db: Kysely<Tables>, ids: string[]) {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('devices')
    .leftJoin('dwellings', 'dwellings.id', 'devices.dwelling_id')
    .select([
      'devices.id',
      'devices.type',
      'devices.name',
      'devices.room',
      'devices.availability',
      'devices.is_registered',
      'dwellings.address',
    ])
    .where('devices.id', 'in', ids)
    .execute();
  return rows.map(({ is_registered, ...row }) => ({ ...row, isRegistered: is_registered === 1 }));
}

function inOrder<T extends { id: string }>(ids: readonly string[], rows: readonly T[]): T[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
