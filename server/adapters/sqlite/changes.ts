import type { DatabaseSync } from 'node:sqlite';
import type { Kysely } from 'kysely';
import type { Changes } from '../../journal/journal-port.ts';
import type { Touched } from '../../journal/transaction.ts';
import { keepAlarmView, openAlarmsOf } from '../store/alarm-reads.ts';
import { keepUnsentCommands } from '../store/command-store.ts';
import { keepDevice } from '../store/device-reads.ts';
import { readDirectory } from '../store/directory-reads.ts';
import type { KeptQueries } from '../store/kept-queries.ts';
import type { Tables } from '../store/tables.ts';

/** Reads, before the commit, what a batch has changed, as those who follow the journal want it. */
export function createChanges(
  db: DatabaseSync,
  queries: Kysely<Tables>,
  kept: KeptQueries,
): (touched: Touched) => Promise<Changes> {
  const last = db.prepare('SELECT max(seq) AS seq FROM journal');
  const alarmView = keepAlarmView(queries, kept);
  const device = keepDevice(queries, kept);
  const unsentCommands = keepUnsentCommands(queries, kept);

  return async ({ alarms, devices, commandsFor, directory }) => {
    const changed = new Set([...alarms, ...(await openAlarmsOf(queries, directory))]);
    const views = (await each(changed, alarmView)).filter((view) => view !== undefined);
    return {
      alarms: views.toSorted((a, b) => a.cursor - b.cursor),
      devices: (await each(devices, device)).filter((found) => found !== undefined),
      commands: (await each(commandsFor, unsentCommands)).flat(),
      directory: directory.size === 0 ? null : await readDirectory(queries, directory),
      lastSeq: Number(last.get()?.['seq'] ?? 0),
    };
  };
}

async function each<T>(ids: Iterable<string>, read: (id: string) => Promise<T>): Promise<T[]> {
  const found: T[] = [];
  for (const id of ids) found.push(await read(id));
  return found;
}
