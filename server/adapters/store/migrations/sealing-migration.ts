import type { Migration } from './migrations.ts';

/** Which key has sealed the cells, and a cell by which it is known whether a key of that name is the one. */
export const sealingMigration: Migration = {
  number: 25,
  name: 'sealed cells',
  sql: `
    CREATE TABLE sealing_keys (id TEXT PRIMARY KEY, proof TEXT NOT NULL);
  `,
};
