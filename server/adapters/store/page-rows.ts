import { sql } from 'kysely';
import type { Expression, RawBuilder, SqlBool } from 'kysely';
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

/** The organisation lies in this part of the tree. */
export function isInScope(organisationId: Expression<string | null>, scope: Scope): RawBuilder<SqlBool> {
  if (scope === 'all') return sql<SqlBool>`1 = 1`;
  if (scope.size === 0) return sql<SqlBool>`1 = 0`;
  return sql<SqlBool>`${organisationId} in (${sql.join([...scope])})`;
}

/** The text contains these words, whatever their case; `%` and `_` in them stand for themselves. */
export function contains(text: Expression<string | null>, words: string): RawBuilder<SqlBool> {
  const pattern = `%${words.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql<SqlBool>`lower(${text}) like ${pattern} escape ${sql.lit('\\')}`;
}

/** The number contains these digits, however either is spaced. */
export function containsDigits(phone: Expression<string | null>, words: string): RawBuilder<SqlBool> {
  const digits = words.replaceAll(/[ ()-]/g, '');
  if (!/^\+?[0-9]+$/.test(digits)) return sql<SqlBool>`1 = 0`;
  return sql<SqlBool>`replace(replace(replace(replace(${phone}, ' ', ''), '-', ''), '(', ''), ')', '') like ${`%${digits}%`}`;
}
