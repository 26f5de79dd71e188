import { DatabaseSync } from 'node:sqlite';

/** How often it looks how much of the log is not in the database file yet. */
const lookEveryMs = 250;
/** So many pages are 4 MB. The writer does at 4,000 what was left undone here. */
const carriedFromPages = 1_000;

/**
 * Carries the log's pages into the database file, in another thread than the writer's: there it would hold up a press for
 * some milliseconds, on a busy disk for twenty. Passive: it waits for nobody, and nobody waits for it.
 */
export function keepCheckpoints(file: string): () => void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA wal_autocheckpoint = 0');
  const look = db.prepare('PRAGMA wal_checkpoint(NOOP)');
  const carry = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');

  const timer = setInterval(() => {
    try {
      const pages = look.get();
      if (Number(pages?.['log']) - Number(pages?.['checkpointed']) >= carriedFromPages) carry.get();
    } catch (error) {
      // A disk that is full or broken: the writer meets it too, and says so.
      if (!(error instanceof Error && 'errcode' in error)) throw error;
    }
  }, lookEveryMs);
  return () => {
    clearInterval(timer);
    db.close();
  };
}
