import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { isRoutine, receiveRoutine } from '../../ingest/receive.ts';
import type { Heard } from '../../ingest/receive.ts';
import type { Changes, Committed, Work, WorkOutcome } from '../../journal/journal-port.ts';
import { RepeatMet } from '../../journal/transaction.ts';
import type { Transaction } from '../../journal/transaction.ts';
import { works } from '../../journal/works.ts';
import type { WorkName, WorkResult } from '../../journal/works.ts';
import type { DataKeys } from '../sealing/data-keys.ts';
import { areSearchEntriesMissing, refreshSearchEntries } from '../store/search-entries.ts';
import { createChanges } from './changes.ts';
import { keepStatements } from './kept-statements.ts';
import { kyselyOn } from './kysely-on.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './node-sqlite.ts';
import { sealAll } from './sealed-cells.ts';
import { createTransaction } from './sqlite-transaction.ts';
import { worksFromText } from './works-as-text.ts';

export type JournalThreadSetting = { file: string; keys?: DataKeys };
/** The works of a batch as text ({@link worksFromText}), or as they are where something would be lost in it. */
export type ToJournalThread = { works: readonly Work[] | string; nowMs: number };
export type FromJournalThread =
  | { type: 'ready' }
  | { type: 'committed'; committed: Committed }
  | { type: 'failed'; message: string; sqliteCode: number | null };

/** A work threw for a reason of its own; the store is well. */
class BrokenWork extends Error {}

const port = parentPort;
if (!port) throw new Error('journal-thread.ts runs as a worker thread');

const { file, keys } = workerData as JournalThreadSetting;
const db = openDatabase(file, 'write', keys);
migrate(db);
if (keys) sealAll(db, keys);
const queries = kyselyOn(db);
if (await areSearchEntriesMissing(queries)) await fillSearchEntries();
const kept = keepStatements(db);
const { tx, begin } = createTransaction(db, queries, kept);
const changesOf = createChanges(db, queries, kept);

/** Where one event has come again, others do: for so long none is expected to be new, and each goes by itself. */
const carefulForMs = 1_000;
let repeatMetAtMs = -Infinity;

let before: Promise<void> = Promise.resolve();
port.on('message', ({ works: sent, nowMs }: ToJournalThread) => {
  const batch = typeof sent === 'string' ? worksFromText(sent) : sent;
  // One connection has one transaction at a time: a batch begins when the one before has ended.
  before = before.then(() =>
    commit(batch, nowMs).then(
      (committed) => answer({ type: 'committed', committed }),
      (error: unknown) => answer({ type: 'failed', message: String(error), sqliteCode: sqliteCodeOf(error) }),
    ),
  );
});
answer({ type: 'ready' });

async function fillSearchEntries(): Promise<void> {
  db.exec('BEGIN IMMEDIATE');
  await refreshSearchEntries(queries, 'all');
  db.exec('COMMIT');
}

function answer(message: FromJournalThread): void {
  port?.postMessage(message);
}

async function commit(batch: readonly Work[], nowMs: number): Promise<Committed> {
  try {
    return await runInOneTransaction(batch, nowMs);
  } catch (error) {
    if (error instanceof RepeatMet) {
      repeatMetAtMs = nowMs;
      return commit(batch, nowMs);
    }
    if (!(error instanceof BrokenWork)) throw error;
    if (batch.length === 1) return broken(error);
  }
  // One work of the batch is broken. Each gets a transaction of its own, so that it fails alone.
  const single: Committed[] = [];
  for (const work of batch) single.push(await commit([work], nowMs));
  return {
    outcomes: single.flatMap(({ outcomes }) => outcomes),
    changes: mergeChanges(single.map(({ changes }) => changes)),
  };
}

async function runInOneTransaction(batch: readonly Work[], nowMs: number): Promise<Committed> {
  begin(nowMs);
  db.exec('BEGIN IMMEDIATE');
  try {
    const outcomes: WorkOutcome[] = [];
    let latest: Extract<WorkOutcome, { ok: true }> | undefined;
    while (outcomes.length < batch.length) {
      for (const result of await carryOutNext(batch, outcomes.length, nowMs)) {
        // What many works of a batch have in common crosses to the main thread once.
        if (latest === undefined || result !== latest.result) latest = { ok: true, result };
        outcomes.push(latest);
      }
    }
    const changes = await changesOf(tx.touched);
    db.exec('COMMIT');
    return { outcomes, changes };
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

/** The work at this place, or as many from there on as may go together. */
async function carryOutNext(
  batch: readonly Work[],
  at: number,
  nowMs: number,
): Promise<readonly WorkResult<WorkName>[]> {
  const work = batch[at];
  if (work === undefined) return [];
  try {
    const isCareful = Math.abs(nowMs - repeatMetAtMs) < carefulForMs;
    const routine = isCareful ? [] : routineFrom(batch, at);
    return routine.length > 1 ? await receiveRoutine(tx, routine) : [await carryOut(work)];
  } catch (cause) {
    throw cause instanceof RepeatMet || isStoreError(cause)
      ? cause
      : new BrokenWork(`${work.name}: ${String(cause)}`, { cause });
  }
}

function routineFrom(batch: readonly Work[], at: number): Heard[] {
  const routine: Heard[] = [];
  for (let next = at; next < batch.length; next++) {
    const work = batch[next];
    if (work?.name !== 'receiveEvent' || !isRoutine(work.input)) break;
    routine.push(work.input);
  }
  return routine;
}

function carryOut(work: Work): Promise<never> {
  // The gate's typing pairs each name with its input; the union of pairs cannot be called as a whole.
  return (works[work.name] as (tx: Transaction, input: unknown) => Promise<never>)(tx, work.input);
}

function broken(error: BrokenWork): Committed {
  const changes: Changes = {
    alarms: [],
    devices: [],
    requests: [],
    commands: [],
    directory: null,
    lastSeq: 0,
  };
  return { outcomes: [{ ok: false, error: { message: error.message } }], changes };
}

function mergeChanges(all: readonly Changes[]): Changes {
  const directories = all.flatMap(({ directory }) => directory ?? []);
  return {
    alarms: [...new Map(all.flatMap(({ alarms }) => alarms).map((alarm) => [alarm.id, alarm])).values()],
    devices: [
      ...new Map(all.flatMap(({ devices }) => devices).map((device) => [device.id, device])).values(),
    ],
    requests: [
      ...new Map(all.flatMap(({ requests }) => requests).map((request) => [request.id, request])).values(),
    ],
    commands: all.flatMap(({ commands }) => commands),
    directory:
      directories.length === 0
        ? null
        : {
            devices: directories.flatMap(({ devices }) => devices),
            gateways: directories.flatMap(({ gateways }) => gateways),
            services: directories.flatMap(({ services }) => services),
            organisations:
              directories.findLast(({ organisations }) => organisations !== null)?.organisations ?? null,
          },
    lastSeq: Math.max(...all.map(({ lastSeq }) => lastSeq)),
  };
}

function rollBack(database: DatabaseSync): void {
  // SQLite has rolled back by itself after a full disk or an I/O error.
  if (database.isTransaction) database.exec('ROLLBACK');
}

function sqliteCodeOf(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : null;
}

/** Result codes (low byte) that speak of the file or disk: BUSY 5, LOCKED 6, NOMEM 7, READONLY 8, IOERR 10, CORRUPT 11, FULL 13, CANTOPEN 14, NOTADB 26. */
function isStoreError(error: unknown): boolean {
  const code = sqliteCodeOf(error);
  return code !== null && [5, 6, 7, 8, 10, 11, 13, 14, 26].includes(code & 0xff);
}
