import { DatabaseSync } from 'node:sqlite';

/**
 * Makes sure that one hub only runs on a data directory. The lock is SQLite's on an empty file beside the database: the
 * operating system lets go of it when the process dies, however it dies.
 */
export function lockDirectory(file: string): { release(): void } {
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;');
  } catch (cause) {
    db.close();
    throw Object.assign(
      new Error('another hub runs on this data directory: stop it, or name another CAREBELL_DATA_DIR', {
        cause,
      }),
      {
        code: 'data-directory-in-use',
      },
    );
  }
  return { release: () => db.close() };
}
