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
