import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import type { Scope } from '../../care-station/organisation-scope.ts';
import type { Page } from '../../http-api/page.ts';

/** Makes a page of rows that were read with one more than the limit, so that the last page says it is the last. */
export function pageOfRows<R extends { id: string }, T>(
  rows: readonly R[],
  limit: number,
  itemOf: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(itemOf),
    cursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** The organisation in this column lies in this part of the tree. */
export function isInScope(column: string, scope: Scope): RawBuilder<SqlBool> {
  if (scope === 'all') return sql<SqlBool>`1 = 1`;
  if (scope.size === 0) return sql<SqlBool>`1 = 0`;
  return sql<SqlBool>`${sql.ref(column)} in (${sql.join([...scope])})`;
}

/** One of the columns contains these words, or the telephone number these digits. */
export function matches(words: string, columns: readonly string[], phone?: string): RawBuilder<SqlBool> {
  const conditions = columns.map((column) => contains(column, words));
  const digits = words.replaceAll(/[ ()-]/g, '');
  if (phone !== undefined && /^\+?[0-9]+$/.test(digits)) conditions.push(containsDigits(phone, digits));
  return sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;
}

/** Whatever the case, as far as the database folds it; `%` and `_` in the words stand for themselves. */
function contains(column: string, words: string): RawBuilder<SqlBool> {
  const pattern = `%${words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql<SqlBool>`lower(${sql.ref(column)}) like lower(${pattern}) escape ${sql.lit('\\')}`;
}

/** However the number was spaced when it was entered. */
function containsDigits(column: string, digits: string): RawBuilder<SqlBool> {
  const bare = [' ', '-', '(', ')'].reduce(
    (inner, mark) => sql`replace(${inner}, ${sql.lit(mark)}, '')`,
    sql`${sql.ref(column)}`,
  );
  return sql<SqlBool>`${bare} like ${`%${digits}%`}`;
}
