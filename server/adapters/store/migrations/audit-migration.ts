import type { Migration } from './migrations.ts';

/** Only what people did is in the index: what devices say all day costs it nothing. */
export const auditMigration: Migration = {
  number: 10,
  name: 'records of what people did',
  sql: `CREATE INDEX journal_of_people ON journal (kind, seq) WHERE type = 'registry';`,
};
