import type { Clock } from './clock.ts';
import type { Lane, LaneName, Waiting } from './outbox-lane.ts';
import type { OutboxRecord } from './outbox-record.ts';

export type OutboxWriterPorts = {
  lanes: Record<LaneName, Lane>;
  clock: Clock;
  maxBytes: number;
  troubled(event: string, details: object): void;
  ready(): void;
};

type Pending = { waiting: Waiting; done: (isStored: boolean) => void };

/** One write at most holds this many entries, so that the first of a burst is not held up by its last. */
const batchEntries = 128;
const retryMs = 5_000;
/** Below this a clock is slewed, not set. */
const clockJumpMs = 1_000;
/** What a full disk leaves in memory besides alarms. */
const unstoredRoutineLimit = 2_000;

/**
 * Brings entries to the disk: whatever has gathered while the last write was under way goes out in the next (group
 * commit, without a linger). On a full disk the oldest readings give way, then the oldest routine events for an alarm.
 * What then still finds no room waits in memory, is sent all the same, and is stored as soon as there is room.
 */
export function createOutboxWriter({ lanes, clock, maxBytes, troubled, ready }: OutboxWriterPorts) {
  const inOrder = [lanes.alarm, lanes.routine, lanes.reading];
  const pending = new Map<Lane, Pending[]>(inOrder.map((lane) => [lane, []]));
  const unstored = new Map<Lane, Waiting[]>(inOrder.map((lane) => [lane, []]));
  const counts = { readingsGivenWay: 0, eventsGivenWay: 0 };
  const saidOffsets = new Map<Lane, number>();
  let running: Promise<void> | undefined;
  let mustTidy = false;
  /** Lanes that the disk refuses, and when it did last. */
  const failing = new Map<Lane, number>();

  async function run(): Promise<void> {
    // The rest of this turn's entries join the first write.
    await Promise.resolve();
    for (;;) {
      const isTidying = mustTidy;
      mustTidy = false;
      let hasWritten = false;
      for (const lane of inOrder) hasWritten = (await write(lane, isTidying)) || hasWritten;
      if (!hasWritten && !mustTidy) break;
    }
    running = undefined;
  }

  async function write(lane: Lane, isTidying: boolean): Promise<boolean> {
    const batch = pending.get(lane)?.splice(0, batchEntries) ?? [];
    const left = unstored.get(lane)?.filter(({ isSettled }) => !isSettled) ?? [];
    const more = news(lane);
    const hasNews = isTidying && (lane.hasUnsaid() || (more.length > 0 && lane.waiting() > 0));
    if (batch.length === 0 && !hasNews && !(isTidying && left.length > 0)) return false;
    // In the order in which they were heard: what the disk has not taken yet goes before what is new.
    const entries = [...left, ...batch.map(({ waiting }) => waiting)];
    const isStored = await store(lane, entries, more);
    if (isStored) unstored.set(lane, []);
    else keepInMemory(lane, entries);
    for (const { done } of batch) done(isStored);
    if (entries.length > 0) ready();
    return batch.length > 0;
  }

  async function store(
    lane: Lane,
    entries: readonly Waiting[],
    more: readonly OutboxRecord[],
  ): Promise<boolean> {
    const failedAtMs = failing.get(lane);
    if (failedAtMs !== undefined && clock.monotonic() - failedAtMs < retryMs) return false;
    while (bytesInAll() > maxBytes && (await giveWay(lane))) continue;
    for (;;) {
      try {
        await lane.append(entries, more);
        for (const record of more) if (record.of === 'wall-offset') saidOffsets.set(lane, record.offsetMs);
        if (failing.delete(lane)) troubled('outbox.stores-again', { of: lane.name });
        return true;
      } catch (error) {
        if (isFull(error) && (await giveWay(lane))) continue;
        if (!failing.has(lane)) troubled('outbox.not-stored', { of: lane.name, err: error });
        failing.set(lane, clock.monotonic());
        return false;
      }
    }
  }

  /** Makes room for this lane; `false` if nothing may give way to it. */
  async function giveWay(lane: Lane): Promise<boolean> {
    const weaker = lane === lanes.alarm ? [lanes.reading, lanes.routine] : [lanes.reading, lane];
    for (const candidate of weaker) {
      const given = await candidate.giveWay();
      if (given === undefined) continue;
      if (candidate === lanes.reading) counts.readingsGivenWay += given;
      else counts.eventsGivenWay += given;
      if (given > 0) troubled('outbox.gave-way', { of: candidate.name, entries: given });
      return true;
    }
    return false;
  }

  function keepInMemory(lane: Lane, entries: readonly Waiting[]): void {
    const kept = entries.filter(({ isSettled }) => !isSettled);
    const limit = lane === lanes.alarm ? kept.length : lane === lanes.routine ? unstoredRoutineLimit : 0;
    for (const waiting of kept.splice(0, Math.max(0, kept.length - limit))) {
      if (lane === lanes.reading) counts.readingsGivenWay += 1;
      else counts.eventsGivenWay += 1;
      lane.settle(waiting);
    }
    for (const waiting of kept) lane.holdUnstored(waiting);
    unstored.set(lane, [...(unstored.get(lane) ?? []).filter((waiting) => !kept.includes(waiting)), ...kept]);
  }

  /** Where the wall clock was set since this lane last said so, its entries must be dated by the new time. */
  function news(lane: Lane): OutboxRecord[] {
    const offsetMs = clock.now() - clock.sinceBoot();
    const said = saidOffsets.get(lane);
    if (said !== undefined && Math.abs(offsetMs - said) < clockJumpMs) return [];
    return [{ of: 'wall-offset', bootId: clock.bootId, offsetMs }];
  }

  const bytesInAll = () => inOrder.reduce((sum, lane) => sum + lane.bytes(), 0);
  const unstoredCount = () =>
    inOrder.reduce(
      (sum, lane) => sum + (unstored.get(lane)?.filter(({ isSettled }) => !isSettled).length ?? 0),
      0,
    );

  function start(): void {
    running ??= run();
  }

  return {
    store(lane: Lane, waiting: Waiting): Promise<boolean> {
      return new Promise((done) => {
        pending.get(lane)?.push({ waiting, done });
        start();
      });
    },
    /** Tells the disk what has been settled, and tries again what it did not take. */
    tidy(): void {
      mustTidy = true;
      start();
    },
    counts: () => ({ ...counts, notStored: unstoredCount() }),
    async close(): Promise<void> {
      mustTidy = true;
      start();
      await running;
    },
  };
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
