import type { DatabaseSync } from 'node:sqlite';
import { migrations } from '../store/migrations/migrations.ts';

/** Brings the file up to the latest schema, each migration in a transaction of its own. Throws if the file is newer than this hub. */
export function migrate(db: DatabaseSync): void {
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  const latest = migrations.at(-1)?.number ?? 0;
  if (version > latest) {
    throw Object.assign(
      new Error(
        `the data directory was written by a newer version (schema ${version}, this one knows ${latest}): start that version`,
      ),
      { code: 'schema-too-new' },
    );
  }
  if (version === latest) return;
  // An index over the entries of years may need more room than there is memory; migrations open no cell.
  db.exec('PRAGMA temp_store = FILE');
  for (const migration of migrations) {
    if (migration.number <= version) continue;
    db.exec('BEGIN EXCLUSIVE');
    try {
      db.exec(migration.sql);
      db.exec(`PRAGMA user_version = ${migration.number}`);
      db.exec('COMMIT');
    } catch (cause) {
      db.exec('ROLLBACK');
      throw Object.assign(new Error(`migration ${migration.number} (${migration.name}) failed`, { cause }), {
        code: 'migration-failed',
      });
    }
  }
  db.exec('PRAGMA temp_store = MEMORY');
}
