import { Worker } from 'node:worker_threads';
import { StoreFailure } from '../../journal/journal-port.ts';
import type { Committed, JournalPort } from '../../journal/journal-port.ts';
import type { DataKeys } from '../sealing/data-keys.ts';
import type { FromJournalThread, JournalThreadSetting, ToJournalThread } from './journal-thread.ts';
import { worksToText } from './works-as-text.ts';

/**
 * The journal in a SQLite file, owned by a thread of its own, because an fsync would stall the event loop. Batches are
 * committed one after another. A thread that dies is started again; what it was committing is reported as failed, so
 * the devices repeat it.
 */
export async function openSqliteJournal(file: string, keys?: DataKeys): Promise<JournalPort> {
  const workerData: JournalThreadSetting = { file, ...(keys ? { keys } : {}) };
  let waiting: { resolve: (committed: Committed) => void; reject: (failure: StoreFailure) => void }[] = [];
  let isClosing = false;
  let thread: Worker | undefined;
  thread = await startThread();

  function failAll(message: string): void {
    const failed = waiting;
    waiting = [];
    for (const { reject } of failed) reject(new StoreFailure('store-failed', message));
  }

  function startThread(): Promise<Worker> {
    return new Promise((resolve, reject) => {
      const started = new Worker(new URL('./journal-thread.ts', import.meta.url), { workerData });
      started.on('message', (message: FromJournalThread) => {
        if (message.type === 'ready') resolve(started);
        else if (message.type === 'committed') waiting.shift()?.resolve(message.committed);
        else waiting.shift()?.reject(new StoreFailure('store-failed', message.message));
      });
      let death: unknown = 'the journal thread ended';
      started.once('error', (error) => {
        death = error;
        reject(error instanceof Error ? error : new Error(String(error)));
      });
      started.once('exit', () => {
        failAll(String(death));
        reject(new Error(String(death)));
        if (isClosing || thread !== started) return;
        thread = undefined;
        void restart();
      });
    });
  }

  async function restart(): Promise<void> {
    if (isClosing) return;
    try {
      thread = await startThread();
    } catch (error) {
      failAll(String(error));
      setTimeout(() => void restart(), 500);
    }
  }

  return {
    commit(works, nowMs) {
      return new Promise((resolve, reject) => {
        if (!thread) {
          reject(new StoreFailure('store-failed', 'the journal thread is being started again'));
          return;
        }
        try {
          const message: ToJournalThread = { works: worksToText(works) ?? works, nowMs };
          thread.postMessage(message);
        } catch (error) {
          reject(new StoreFailure('store-failed', String(error), { cause: error }));
          return;
        }
        // Only what the thread has will be answered, and answers are told apart by their order alone.
        waiting.push({ resolve, reject });
      });
    },
    async close() {
      isClosing = true;
      await thread?.terminate();
    },
  };
}
