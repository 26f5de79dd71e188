import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FromPlainJournal, PlainEntry } from './plain-journal-thread.ts';

type Callback = (error?: Error | null) => void;

/** The least that makes PUBACK mean stored: all that waits in one transaction, fsynced, then the callbacks in order. */
export async function openPlainJournal(file: string) {
  const thread = new Worker(new URL('plain-journal-thread.ts', import.meta.url), { workerData: { file } });
  await once(thread, 'message');
  let waiting: { entry: PlainEntry; callback: Callback }[] = [];
  let committing: Callback[] = [];
  let stored = 0;

  thread.on('error', (error) => {
    throw error;
  });
  thread.on('message', (message: FromPlainJournal) => {
    stored = message.stored;
    const answered = committing;
    committing = [];
    for (const callback of answered) callback(null);
    commit();
  });

  function commit(): void {
    if (committing.length > 0 || waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    committing = batch.map(({ callback }) => callback);
    thread.postMessage(batch.map(({ entry }) => entry));
  }

  return {
    append({ topic, payload }: { topic: string; payload: Buffer | string }, callback: Callback): void {
      waiting.push({ entry: { topic, payload: payload.toString() }, callback });
      if (waiting.length === 1) setImmediate(commit);
    },
    async close(): Promise<number> {
      await thread.terminate();
      return stored;
    },
  };
}
