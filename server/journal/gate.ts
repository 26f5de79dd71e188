import type { Clock } from '../clock.ts';
import { StoreFailure } from './journal-port.ts';
import type { Changes, Committed, JournalPort, Work } from './journal-port.ts';
import type { WorkInput, WorkName, WorkResult } from './works.ts';

export type GateLimits = {
  /** Works that may wait. Past it the newest is refused at once, so that a device repeats instead of memory growing. */
  waitingAtMost: number;
  /** Works that one transaction commits. */
  batchAtMost: number;
  /** Batches that the store may have before it has answered the first. */
  batchesAhead: number;
  /**
   * A work not committed after this long is answered as failed. One that the store has been given may still be committed; one
   * that waited for its turn is not.
   */
  overdueAfterMs: number;
  /** A work not committed after this long is reported as late, so that screens can be told. */
  lateAfterMs: number;
};
export const gateLimits: GateLimits = {
  waitingAtMost: 20_000,
  batchAtMost: 300,
  batchesAhead: 2,
  overdueAfterMs: 3_000,
  lateAfterMs: 250,
};

export type StoreState = { is: 'ok' } | { is: 'failing'; sinceMs: number; why: string };

export type GateListener = {
  /** After each commit, in order, before any callback of that commit: followers never lag behind an answer. */
  committed?(changes: Changes): void;
  /** This work has waited too long, or failed: nobody may assume that it is stored. Told once per work. */
  late?(work: Work): void;
  storeChanged?(state: StoreState): void;
  /** Whoever handed this work in has just been told what became of it. */
  answered?(work: Work, error: Error | null, result: unknown): void;
};

export type Gate = {
  /** Resolves after the commit; rejects with {@link StoreFailure}, or with the error of a defect in the work. */
  commit<N extends WorkName>(name: N, input: WorkInput<N>): Promise<WorkResult<N>>;
  /** As `commit`, with a callback: callbacks come in the order of the calls, so that PUBACKs do too [MQTT-4.6.0-2]. */
  commitThen<N extends WorkName>(
    name: N,
    input: WorkInput<N>,
    done: (error: Error | null, result?: WorkResult<N>) => void,
  ): void;
  listen(listener: GateListener): void;
  store(): StoreState;
  /** Works that wait or are being committed. */
  depth(): number;
  counts(): { commits: number; works: number; failed: number; lastCommitMs: number };
  stop(): Promise<void>;
};

type Item = {
  work: Work;
  done: (error: Error | null, result?: never) => void;
  enteredAtMs: number;
  isToldLate: boolean;
  isAnswered: boolean;
};

/** What the hub does by itself, behind the journal: nobody waits for it, and a press must not wait for it. */
const upkeep: ReadonlySet<WorkName> = new Set([
  'followDetection',
  'passDeadlines',
  'passRequests',
  'lookAtVisits',
  'seeDevices',
  'indexByDevice',
  'forgetOldEvents',
  'forgetAddresses',
  'forgetUnknown',
  'expireCommands',
] as const);
/** So long upkeep gives way to a store that is never without work; then it goes with the next batch. */
const upkeepWaitsMs = 100;

/**
 * Bounded queue with group commit: what waits is committed in one transaction. There is no linger timer; batches form by
 * themselves while those before commit, and the next is with the store while this one's callbacks run.
 */
export function openGate(journal: JournalPort, clock: Clock, limits: GateLimits = gateLimits): Gate {
  const listeners: GateListener[] = [];
  /** Apart, because every work comes past them. */
  const answerListeners: GateListener[] = [];
  const queue: Item[] = [];
  const behind: Item[] = [];
  const committing: Item[][] = [];
  /** Works of the batches that are being committed. */
  let withStore = 0;
  let isPumpDue = false;
  /** One look at the clock for all that a turn of the event loop brings. */
  let turnAtMs = 0;
  let state: StoreState = { is: 'ok' };
  const counts = { commits: 0, works: 0, failed: 0, lastCommitMs: 0 };
  let whenIdle: (() => void)[] = [];
  let isStopping = false;

  const endWatch = clock.every(50, watch);
  const endProbe = clock.every(1_000, () => {
    // Without traffic nobody would learn that the store works again.
    if (state.is === 'failing' && depth() === 0)
      enter({ name: 'proveStoreWorks', input: null }, () => undefined);
  });

  function depth(): number {
    return withStore + queue.length + behind.length;
  }

  function enter(work: Work, done: Item['done']): void {
    if (isStopping || depth() >= limits.waitingAtMost) {
      counts.failed += 1;
      tellLate(work);
      done(
        new StoreFailure(
          'store-overloaded',
          isStopping ? 'the hub is stopping' : `${limits.waitingAtMost} works wait already`,
        ),
      );
      return;
    }
    if (!isPumpDue) turnAtMs = clock.monotonic();
    const line = upkeep.has(work.name) ? behind : queue;
    line.push({ work, done, enteredAtMs: turnAtMs, isToldLate: false, isAnswered: false });
    if (isPumpDue) return;
    isPumpDue = true;
    // Everything that this turn of the event loop brings joins one batch.
    setImmediate(() => {
      isPumpDue = false;
      pump();
    });
  }

  function pump(): void {
    while (committing.length < limits.batchesAhead) {
      const batch = nextBatch();
      if (batch.length === 0) break;
      committing.push(batch);
      withStore += batch.length;
      void carry(batch);
    }
    if (depth() === 0) for (const resolve of whenIdle.splice(0)) resolve();
  }

  /** Upkeep goes one by one, each alone while the store has nothing else. */
  function nextBatch(): Item[] {
    const [first] = behind;
    if (queue.length === 0) return committing.length === 0 ? behind.splice(0, 1) : [];
    const batch = queue.splice(0, limits.batchAtMost);
    const isOverdue = first !== undefined && clock.monotonic() - first.enteredAtMs >= upkeepWaitsMs;
    return isOverdue ? [...batch, ...behind.splice(0, 1)] : batch;
  }

  async function carry(batch: readonly Item[]): Promise<void> {
    const startedAtMs = clock.monotonic();
    let committed: Committed | StoreFailure;
    try {
      committed = await journal.commit(
        batch.map(({ work }) => work),
        clock.now(),
      );
    } catch (error) {
      committed =
        error instanceof StoreFailure
          ? error
          : new StoreFailure('store-failed', String(error), { cause: error });
    }
    committing.shift();
    withStore -= batch.length;
    // The next batch goes out before this one is answered, so that the store works while the devices get their answers.
    pump();
    if (committed instanceof StoreFailure) fail(batch, committed);
    else finish(batch, committed, startedAtMs);
    pump();
  }

  function finish(batch: readonly Item[], { outcomes, changes }: Committed, startedAtMs: number): void {
    counts.commits += 1;
    counts.works += outcomes.length;
    counts.lastCommitMs = clock.monotonic() - startedAtMs;
    setStore({ is: 'ok' });
    for (const listener of listeners) listener.committed?.(changes);
    batch.forEach((item, index) => {
      const outcome = outcomes[index];
      if (outcome?.ok) answer(item, null, outcome.result as never);
      else answer(item, new Error(outcome?.error.message ?? 'the journal gave no outcome'));
    });
  }

  function fail(batch: readonly Item[], failure: StoreFailure): void {
    counts.failed += batch.length;
    setStore(state.is === 'failing' ? state : { is: 'failing', sinceMs: clock.now(), why: failure.message });
    for (const item of batch) {
      tellItemLate(item);
      answer(item, failure);
    }
  }

  function answer(item: Item, error: Error | null, result?: never): void {
    if (item.isAnswered) return;
    item.isAnswered = true;
    item.done(error, result);
    for (const listener of answerListeners) listener.answered?.(item.work, error, result);
  }

  function watch(): void {
    const nowMs = clock.monotonic();
    for (const item of [...committing.flat(), ...queue, ...behind]) {
      const waitedMs = nowMs - item.enteredAtMs;
      if (waitedMs < limits.lateAfterMs) continue;
      tellItemLate(item);
      if (waitedMs >= limits.overdueAfterMs) {
        setStore(
          state.is === 'failing'
            ? state
            : { is: 'failing', sinceMs: clock.now(), why: 'a commit is overdue' },
        );
        answer(item, new StoreFailure('store-overdue', `not committed within ${limits.overdueAfterMs} ms`));
      }
    }
    forgetAnswered(queue);
    forgetAnswered(behind);
  }

  /**
   * What the store has not been given yet and was answered as failed is repeated by whoever said it. To commit it all the same
   * would be work for nobody: a hub that is asked for more than it can do would do nothing else, and acknowledge nothing ever.
   */
  function forgetAnswered(line: Item[]): void {
    // Who came first is overdue first.
    const kept = line.findIndex((item) => !item.isAnswered);
    counts.failed += line.splice(0, kept === -1 ? line.length : kept).length;
  }

  function tellItemLate(item: Item): void {
    if (item.isToldLate) return;
    item.isToldLate = true;
    tellLate(item.work);
  }

  function tellLate(work: Work): void {
    for (const listener of listeners) listener.late?.(work);
  }

  function setStore(next: StoreState): void {
    if (next === state || (next.is === 'ok' && state.is === 'ok')) return;
    state = next;
    for (const listener of listeners) listener.storeChanged?.(state);
  }

  return {
    commit: (name, input) =>
      new Promise((resolve, reject) => {
        enter({ name, input } as Work, (error, result) => {
          if (error) reject(error);
          else resolve(result as never);
        });
      }),
    commitThen: (name, input, done) => enter({ name, input } as Work, done),
    listen(listener) {
      listeners.push(listener);
      if (listener.answered) answerListeners.push(listener);
    },
    store: () => state,
    depth,
    counts: () => ({ ...counts }),
    async stop() {
      isStopping = true;
      endWatch();
      endProbe();
      if (depth() > 0) await new Promise<void>((resolve) => whenIdle.push(resolve));
      await journal.close();
    },
  };
}
