import type { DatabaseSync } from 'node:sqlite';
import { keepQueries } from '../store/kept-queries.ts';
import type { KeptQueries } from '../store/kept-queries.ts';

/** Kept queries on a connection of this thread, each prepared once. */
export function keepStatements(db: DatabaseSync): KeptQueries {
  return keepQueries((text) => {
    const statement = db.prepare(text);
    return {
      rows: (parameters) => statement.all(...parameters),
      changes: (parameters) => Number(statement.run(...parameters).changes),
    };
  });
}
