import { Worker } from 'node:worker_threads';
import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Driver, QueryResult } from 'kysely';
import { HistoryFailure } from '../../history/history-port.ts';
import { StoreFailure } from '../../journal/journal-port.ts';
import type { HistoryCall, HistoryDesk, HistorySetting } from '../history-desk.ts';
import type { DataKeys } from '../sealing/data-keys.ts';
import type { Tables } from '../store/tables.ts';
import type { FromReaderThread, ReaderThreadSetting, ToReaderThread } from './reader-thread.ts';

export type Reader = { db: Kysely<Tables>; history: HistoryDesk; close(): Promise<void> };

/**
 * A second, read-only connection in a thread of its own: a long list never holds up an alarm. The same thread keeps the
 * history, if a setting for one is given.
 */
export async function openSqliteReader(
  file: string,
  history?: HistorySetting,
  keys?: DataKeys,
): Promise<Reader> {
  const workerData: ReaderThreadSetting = {
    file,
    ...(keys ? { keys } : {}),
    ...(history ? { history } : {}),
  };
  const thread = new Worker(new URL('./reader-thread.ts', import.meta.url), { workerData });
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (failure: Error) => void }>();
  let lastId = 0;
  let isDead = false;

  const ready = new Promise<void>((resolve, reject) => {
    thread.on('message', (message: FromReaderThread) => {
      if ('ready' in message) {
        resolve();
        return;
      }
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.ok) asked?.resolve(message.result);
      else if (message.code === 'history-failed') asked?.reject(new HistoryFailure(message.message));
      else asked?.reject(new StoreFailure('store-failed', message.message));
    });
    thread.once('error', reject);
    thread.once('exit', () => {
      isDead = true;
      for (const { reject: fail } of waiting.values())
        fail(new StoreFailure('store-failed', 'the reader thread ended'));
      waiting.clear();
    });
  });

  function ask(question: { sql: string; parameters: readonly unknown[] } | HistoryCall): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (isDead) {
        reject(new StoreFailure('store-failed', 'the reader thread ended'));
        return;
      }
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      const message: ToReaderThread = { id: lastId, ...question };
      thread.postMessage(message);
    });
  }
  const query = async (sql: string, parameters: readonly unknown[]): Promise<unknown[]> =>
    (await ask({ sql, parameters })) as unknown[];

  await ready;
  return {
    db: new Kysely<Tables>({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => readOnlyDriver(query),
        createIntrospector: (db) => new SqliteIntrospector(db),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    }),
    history: historyIn(ask),
    async close() {
      await thread.terminate();
    },
  };
}

/** What the thread does for the history, as if it were done here. */
function historyIn(ask: (question: HistoryCall) => Promise<unknown>): HistoryDesk {
  const ways: (call: HistoryCall['call']) => (input?: unknown) => Promise<never> = (call) => (input) =>
    ask({ call, input } as HistoryCall) as Promise<never>;
  return {
    carry: ways('carry'),
    cursor: ways('cursor'),
    keep: ways('keep'),
    read: ways('read'),
    series: ways('series'),
    eraseResident: ways('eraseResident'),
    health: ways('health'),
    upkeep: ways('upkeep'),
    close: ways('close'),
  };
}

function readOnlyDriver(query: (sql: string, parameters: readonly unknown[]) => Promise<unknown[]>): Driver {
  const connection: DatabaseConnection = {
    async executeQuery<R>({
      sql,
      parameters,
    }: {
      sql: string;
      parameters: readonly unknown[];
    }): Promise<QueryResult<R>> {
      return { rows: (await query(sql, parameters)) as R[] };
    },
    streamQuery() {
      throw new StoreFailure('store-failed', 'the reader answers whole pages only');
    },
  };
  const refuse = (): Promise<never> =>
    Promise.reject(
      new StoreFailure('store-failed', 'the reader has no transactions: writing goes through the gate'),
    );
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  };
}
