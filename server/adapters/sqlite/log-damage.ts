import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexedFrames, wholeFrames } from './log-frames.ts';

export type LogDamage = {
  /** Pages that were committed and are gone. */
  lostPages: number;
  /** The log as it was found; `null` if it was gone. */
  keptAs: string | null;
  /** Some pages of what is gone had been carried into the database file: it may contradict itself. */
  isMixed: boolean;
};

/**
 * Whether the write-ahead log still holds what was committed to it. To be asked before the database is opened: SQLite takes
 * the first frame whose checksum is wrong for the end of the log and goes on without a word, and it writes the index anew.
 * Only the index knows how much there was, and it is true as long as the machine has not been started anew.
 */
export function findLogDamage(
  dataDir: string,
  file: string,
  { boot, nowMs }: { boot: string | null; nowMs: number },
): LogDamage | undefined {
  if (boot === null || !isSameBoot(join(dataDir, 'hub.boot'), boot)) return undefined;
  const [logFile, indexFile] = [`${file}-wal`, `${file}-shm`];
  const indexed = existsSync(indexFile) ? indexedFrames(readFileSync(indexFile)) : undefined;
  if (!indexed || indexed.frames === 0) return undefined;
  const isThere = existsSync(logFile);
  const whole = isThere ? wholeFrames(readFileSync(logFile)) : undefined;
  const frames = whole?.salt.equals(indexed.salt) === true ? whole.frames : 0;
  if (frames >= indexed.frames) return undefined;

  const keptAs = `${logFile}.damaged-${nowMs}`;
  if (indexed.inDatabase >= indexed.frames) {
    // Nothing is lost, as long as what is left of the log does not hide newer pages.
    if (isThere) renameSync(logFile, keptAs);
    rmSync(indexFile);
    return undefined;
  }
  if (isThere) copyFileSync(logFile, keptAs);
  return {
    lostPages: indexed.frames - frames,
    keptAs: isThere ? keptAs : null,
    isMixed: frames < Math.max(indexed.inDatabase, indexed.touchedDatabase),
  };
}

function isSameBoot(bootFile: string, boot: string): boolean {
  if (existsSync(bootFile) && readFileSync(bootFile, 'utf8') === boot) return true;
  try {
    writeFileSync(bootFile, boot);
  } catch (error) {
    // A full disk keeps no hub from showing alarms; the next start finds another text and asks nothing.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
  return false;
}
