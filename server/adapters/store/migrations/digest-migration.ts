import type { Migration } from './migrations.ts';

export const digestMigration: Migration = {
  number: 26,
  name: 'digests of overdue visits',
  sql: `
    -- When it must be looked next whether the people of an organisation are to be told.
    CREATE TABLE visit_digest_looks (
      organisation_id TEXT PRIMARY KEY REFERENCES organisations (id) ON DELETE CASCADE,
      next_at INTEGER NOT NULL
    );
    CREATE INDEX visit_digest_looks_next ON visit_digest_looks (next_at);
    INSERT INTO visit_digest_looks (organisation_id, next_at) SELECT id, 0 FROM organisations;

    CREATE TABLE visit_digests (
      id TEXT PRIMARY KEY,
      organisation_id TEXT NOT NULL,
      tier TEXT NOT NULL,
      day TEXT NOT NULL,
      made_at INTEGER NOT NULL,
      visits INTEGER NOT NULL,
      recipients INTEGER NOT NULL,
      told_at INTEGER
    );
    CREATE UNIQUE INDEX visit_digests_once ON visit_digests (organisation_id, tier, day);

    -- The first digest of a tier that told of an overdue visit, and the latest.
    CREATE TABLE visit_tellings (
      owed_id TEXT NOT NULL,
      tier TEXT NOT NULL,
      first_digest TEXT NOT NULL,
      last_digest TEXT NOT NULL,
      PRIMARY KEY (owed_id, tier)
    ) WITHOUT ROWID;
    CREATE INDEX visit_tellings_of ON visit_tellings (last_digest);
  `,
};
