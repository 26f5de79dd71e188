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

  return async ({ alarms, devices, requests, commandsFor, directory }) => {
    const changed = new Set([...alarms, ...(await openAlarmsOf(queries, directory))]);
    const views = (await each(changed, alarmView)).filter((view) => view !== undefined);
    return {
      alarms: views.toSorted((a, b) => a.cursor - b.cursor),
      devices: (await each(devices, device)).filter((found) => found !== undefined),
      requests: requests.size === 0 ? [] : await requestsOf(queries, requests),
      commands: (await each(commandsFor, unsentCommands)).flat(),
      directory: directory.size === 0 ? null : await readDirectory(queries, directory),
      lastSeq: Number(last.get()?.['seq'] ?? 0),
    };
  };
}

async function requestsOf(db: Kysely<Tables>, ids: ReadonlySet<string>): Promise<Changes['requests']> {
  const rows = await db
    .selectFrom('service_requests')
    .select(['id', 'kind', 'phase', 'station_id', 'held_by', 'offered_to'])
    .where('id', 'in', [...ids])
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    phase: row.phase,
    stationId: row.station_id,
    places: [row.station_id, row.held_by, row.offered_to].filter((place) => place !== null),
  }));
}

async function each<T>(ids: Iterable<string>, read: (id: string) => Promise<T>): Promise<T[]> {
  const found: T[] = [];
  for (const id of ids) found.push(await read(id));
  return found;
}
