import type { SQLInputValue } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { openHistoryDesk } from '../history-desk.ts';
import type { HistoryCall, HistorySetting } from '../history-desk.ts';
import type { DataKeys } from '../sealing/data-keys.ts';
import { keepCheckpoints } from './checkpoints.ts';
import { openDatabase, statementCache } from './node-sqlite.ts';

export type ReaderThreadSetting = { file: string; keys?: DataKeys; history?: HistorySetting };
export type ToReaderThread = { id: number } & ({ sql: string; parameters: readonly unknown[] } | HistoryCall);
export type FromReaderThread =
  | { id: number; ok: true; result: unknown }
  | { id: number; ok: false; message: string; code: unknown }
  | { ready: true };

const port = parentPort;
if (!port) throw new Error('reader-thread.ts runs as a worker thread');

const { file, keys, history: setting } = workerData as ReaderThreadSetting;
const db = openDatabase(file, 'read', keys);
const statementOf = statementCache(db);
keepCheckpoints(file);
const history = setting && (await openHistoryDesk(db, setting));

port.on('message', (message: ToReaderThread) => {
  if ('sql' in message) {
    try {
      answer({
        id: message.id,
        ok: true,
        result: statementOf(message.sql).all(...(message.parameters as SQLInputValue[])),
      });
    } catch (error) {
      fail(message.id, error);
    }
    return;
  }
  callHistory(message).then(
    (result) => answer({ id: message.id, ok: true, result }),
    (error: unknown) => fail(message.id, error),
  );
});
answer({ ready: true });

async function callHistory({ call, input }: HistoryCall): Promise<unknown> {
  if (!history) throw new Error('this reader was opened without a history');
  // The type of the message pairs each name with its input; the union of pairs cannot be called as a whole.
  const carryOut = history[call] as (input: unknown) => Promise<unknown>;
  return carryOut(input);
}

function fail(id: number, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  answer({ id, ok: false, message: error instanceof Error ? error.message : String(error), code });
}

function answer(message: FromReaderThread): void {
  port?.postMessage(message);
}
