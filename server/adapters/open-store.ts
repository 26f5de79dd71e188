import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { JournalPort, Work } from '../journal/journal-port.ts';
import { historySettingOf } from './history-desk.ts';
import { openDataKeys } from './sealing/open-data-keys.ts';
import { lockDirectory } from './sqlite/directory-lock.ts';
import { findLogDamage } from './sqlite/log-damage.ts';
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
  clock: Pick<Clock, 'now' | 'look'>,
  troubled: (event: string, error: unknown) => void,
): Promise<Store> {
  mkdirSync(config.dataDir, { recursive: true });
  chmodSync(config.dataDir, 0o700);
  const lock = lockDirectory(join(config.dataDir, 'hub.lock'));
  try {
    const file = join(config.dataDir, 'carebell.db');
    const [nowMs, look] = [clock.now(), clock.look?.()];
    const damage = findLogDamage(config.dataDir, file, { boot: look?.boot ?? null, nowMs });
    if (damage) troubled('store.log-damaged', new Error(JSON.stringify(damage)));
    const { keys, isNew } = openDataKeys(config.dataKeyFile, file);
    const journal = await openSqliteJournal(file, keys);
    const first: Work[] = [
      ...(look ? [{ name: 'beginClock' as const, input: look }] : []),
      ...(damage ? [{ name: 'recordLogDamage' as const, input: damage }] : []),
    ];
    if (first.length > 0) await commitFirst(journal, first, nowMs, troubled);
    const reader = await openSqliteReader(file, historySettingOf(config, nowMs), keys);
    return { journal, reader, generatedDataKey: isNew ? config.dataKeyFile : null, lock };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Before anybody reads what is due. A disk that is full keeps no hub from showing alarms. */
async function commitFirst(
  journal: JournalPort,
  works: readonly Work[],
  nowMs: number,
  troubled: (event: string, error: unknown) => void,
): Promise<void> {
  try {
    const { outcomes } = await journal.commit(works, nowMs);
    for (const outcome of outcomes) if (!outcome.ok) throw new Error(outcome.error.message);
  } catch (error) {
    troubled('store.first-works-failed', error);
  }
}
