import { Worker } from 'node:worker_threads';
import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Driver, QueryResult } from 'kysely';
import { StoreFailure } from '../../journal/journal-port.ts';
import type { Tables } from '../store/tables.ts';
import type { FromReaderThread, ToReaderThread } from './reader-thread.ts';

export type Reader = { db: Kysely<Tables>; close(): Promise<void> };

/** A second, read-only connection in a thread of its own: a long list never holds up an alarm. */
export async function openSqliteReader(file: string): Promise<Reader> {
  const thread = new Worker(new URL('./reader-thread.ts', import.meta.url), { workerData: { file } });
  const waiting = new Map<number, { resolve: (rows: unknown[]) => void; reject: (failure: Error) => void }>();
  let lastId = 0;
  let isDead = false;

  const ready = new Promise<void>((resolve, reject) => {
    thread.on('message', (message: FromReaderThread) => {
      if ('ready' in message) {
        resolve();
        return;
      }
      const query = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.ok) query?.resolve(message.rows);
      else query?.reject(new StoreFailure('store-failed', message.message));
    });
    thread.once('error', reject);
    thread.once('exit', () => {
      isDead = true;
      for (const { reject: fail } of waiting.values())
        fail(new StoreFailure('store-failed', 'the reader thread ended'));
      waiting.clear();
    });
  });

  function query(sql: string, parameters: readonly unknown[]): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      if (isDead) {
        reject(new StoreFailure('store-failed', 'the reader thread ended'));
        return;
      }
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      const message: ToReaderThread = { id: lastId, sql, parameters };
      thread.postMessage(message);
    });
  }

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
    async close() {
      await thread.terminate();
    },
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
