import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ClockLook } from '../clock.ts';
import type { Config } from '../config.ts';
import { StoreFailure } from '../journal/journal-port.ts';
import type { JournalPort } from '../journal/journal-port.ts';
import { historySettingOf } from './history-desk.ts';
import { openDataKeys } from './sealing/open-data-keys.ts';
import { lockDirectory } from './sqlite/directory-lock.ts';
import { openSqliteJournal } from './sqlite/sqlite-journal.ts';
import { openSqliteReader } from './sqlite/sqlite-reader.ts';
import type { Reader } from './sqlite/sqlite-reader.ts';

export type Store = {
  journal: JournalPort;
  reader: Reader;
  /** The file of the data key if it was made now. */
  generatedDataKey: string | null;
  /** To be released when both are closed: until then no other hub opens the directory. */
  lock: { release(): void };
};

/** The directory's lock, the connection that writes, then the one that reads, both with the keys of sealed cells. */
export async function openStore(
  config: Pick<Config, 'dataDir' | 'dataKeyFile' | 'history' | 'timeZone'>,
  nowMs: number,
  clock?: ClockLook,
): Promise<Store> {
  mkdirSync(config.dataDir, { recursive: true });
  chmodSync(config.dataDir, 0o700);
  const lock = lockDirectory(join(config.dataDir, 'hub.lock'));
  try {
    const file = join(config.dataDir, 'carebell.db');
    const { keys, isNew } = openDataKeys(config.dataKeyFile, file);
    const journal = await openSqliteJournal(file, keys);
    if (clock) await begin(journal, nowMs, clock);
    const reader = await openSqliteReader(file, historySettingOf(config, nowMs), keys);
    return { journal, reader, generatedDataKey: isNew ? config.dataKeyFile : null, lock };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Before anybody reads what is due. */
async function begin(journal: JournalPort, nowMs: number, { boot, uptimeMs }: ClockLook): Promise<void> {
  try {
    const { outcomes } = await journal.commit([{ name: 'beginClock', input: { boot, uptimeMs } }], nowMs);
    const [outcome] = outcomes;
    if (outcome?.ok === false) throw new Error(outcome.error.message);
  } catch (error) {
    // A disk that is full keeps no hub from showing alarms; the gate meets the same failure, and says so.
    if (!(error instanceof StoreFailure)) throw error;
  }
}
