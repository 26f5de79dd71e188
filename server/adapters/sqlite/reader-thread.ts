import type { SQLInputValue } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase, statementCache } from './node-sqlite.ts';

export type ToReaderThread = { id: number; sql: string; parameters: readonly unknown[] };
export type FromReaderThread =
  { id: number; ok: true; rows: unknown[] } | { id: number; ok: false; message: string } | { ready: true };

const port = parentPort;
if (!port) throw new Error('reader-thread.ts runs as a worker thread');

const statementOf = statementCache(openDatabase((workerData as { file: string }).file, 'read'));

port.on('message', ({ id, sql, parameters }: ToReaderThread) => {
  let answer: FromReaderThread;
  try {
    answer = { id, ok: true, rows: statementOf(sql).all(...(parameters as SQLInputValue[])) };
  } catch (error) {
    answer = { id, ok: false, message: String(error) };
  }
  port.postMessage(answer);
});
const ready: FromReaderThread = { ready: true };
port.postMessage(ready);
