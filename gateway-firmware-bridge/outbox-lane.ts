import type { OutboxFile, OutboxFiles } from './outbox-files.ts';
import { decodeFile, encodeRecord } from './outbox-record.ts';
import type { OutboxEntry, OutboxRecord } from './outbox-record.ts';
import { scanLane } from './outbox-scan.ts';
import type { Loaded } from './outbox-scan.ts';

/** An entry of the outbox that is in memory. */
export type Waiting = {
  readonly entry: OutboxEntry;
  readonly lane: LaneName;
  isStored: boolean;
  isSettled: boolean;
  /** PUBACKs that no `accepted` followed. */
  unaccepted: number;
  firstAcknowledgedAtMs: number | undefined;
  acknowledgedAtMs: number | undefined;
};

/** Alarms and their withdrawals; every other event; readings. */
export type LaneName = 'alarm' | 'routine' | 'reading';

export type LaneSettings = {
  name: LaneName;
  /** The size of one file; what is settled is given back to the disk by whole files. */
  fileBytes: number;
  /** Entries held in memory; what waits beyond them is read back from the disk when their turn comes. */
  inMemory: number;
};

type Segment = {
  name: string;
  usedBytes: number;
  roomBytes: number;
  lastN: number;
  waiting: number;
  file: OutboxFile | undefined;
};

export type Lane = ReturnType<typeof createLane>;

/**
 * A queue on the disk: files to which lines are only appended, removed from the oldest on when everything in them is
 * settled. A file that a process before this one, or a failed write, has left is never written to again.
 */
export function createLane(
  files: OutboxFiles,
  { name, fileBytes, inMemory }: LaneSettings,
  troubled: (event: string, error: unknown) => void,
) {
  let segments: Segment[] = [];
  let tail: Segment | undefined;
  let fileCount = 0;
  let queue: Waiting[] = [];
  const flying = new Map<number, Waiting>();
  const held = new Map<number, Waiting>();
  const settled = new Set<number>();
  /** Settled numbers that the disk does not know of yet. */
  let unsaid: number[] = [];
  let storedWaiting = 0;
  let unstoredWaiting = 0;
  let storedThrough = 0;
  let loadedThrough = 0;
  let isAllLoaded = true;
  let removal = Promise.resolve();

  return {
    name,
    wrap: (entry: OutboxEntry): Waiting => wrap(entry, false),
    async load(): Promise<Loaded> {
      const found = await scanLane(files, name, inMemory, troubled);
      for (const n of found.settled) settled.add(n);
      for (const file of found.files) {
        segments.push({ ...file, roomBytes: file.usedBytes, file: undefined });
        storedWaiting += file.waiting;
      }
      fileCount = found.lastFileNumber;
      storedThrough = found.lastN;
      loadedThrough = found.earliest.at(-1)?.n ?? 0;
      isAllLoaded = loadedThrough === storedThrough;
      for (const entry of found.earliest) if (!settled.has(entry.n)) hold(wrap(entry, true));
      removeSettledHeads();
      return found;
    },

    /** Makes the first file now, so that its room is there when the disk is full later. */
    async reserve(): Promise<void> {
      await tailWithRoom(0);
    },

    /** On the disk, all or none, when it resolves; the entries can be taken then. Never called twice at a time. */
    async append(entries: readonly Waiting[], more: readonly OutboxRecord[] = []): Promise<void> {
      const saying = unsaid;
      const records = [
        ...(saying.length > 0 ? [{ of: 'settled' as const, ns: saying }] : []),
        ...more,
        ...entries.map(({ entry }) => entry),
      ];
      if (records.length === 0) return;
      const bytes = Buffer.concat(records.map(encodeRecord));
      const segment = await tailWithRoom(bytes.byteLength);
      try {
        await segment.file?.write(bytes, segment.usedBytes);
      } catch (error) {
        // After a failed fsync the kernel may forget what it could not write: this file is not trusted any more.
        await seal();
        throw error;
      }
      segment.usedBytes += bytes.byteLength;
      unsaid = unsaid.slice(saying.length);
      for (const waiting of entries) stored(waiting, segment);
    },

    /** The disk does not take it: it waits in memory alone. */
    holdUnstored(waiting: Waiting): void {
      if (waiting.isSettled || held.has(waiting.entry.n)) return;
      unstoredWaiting += 1;
      hold(waiting);
    },

    peek: (): Waiting | undefined => queue[0],
    take(): Waiting | undefined {
      const waiting = queue.shift();
      if (waiting) flying.set(waiting.entry.n, waiting);
      return waiting;
    },
    /** What was in flight waits again, before what came later. */
    putBack(which: readonly Waiting[] = [...flying.values()]): void {
      for (const { entry } of which) flying.delete(entry.n);
      queue = [...which.filter(({ isSettled }) => !isSettled), ...queue].toSorted(
        (a, b) => a.entry.n - b.entry.n,
      );
    },
    /** Out of flight for a time; `putBack` brings it back. */
    setAside: (waiting: Waiting): void => void flying.delete(waiting.entry.n),
    inFlight: (): Waiting[] => [...flying.values()],

    settle(waiting: Waiting): void {
      const { n } = waiting.entry;
      if (waiting.isSettled) return;
      waiting.isSettled = true;
      held.delete(n);
      if (!flying.delete(n)) queue = queue.filter((other) => other !== waiting);
      if (waiting.isStored) settleStored(n);
      else unstoredWaiting -= 1;
    },

    /** Reads back what waits on the disk, when there is room for it in memory. */
    async refill(): Promise<void> {
      if (isAllLoaded || queue.length > inMemory / 2) return;
      const segment = segments.find(({ lastN }) => lastN > loadedThrough);
      const through = storedThrough;
      if (segment !== undefined) {
        const last = Math.min(segment.lastN, through);
        const bytes = await files.read(segment.name).catch((error: unknown) => {
          // It stays on the disk for the next start; what lies behind it must not wait for it.
          troubled('outbox.file-unreadable', error);
          return Buffer.alloc(0);
        });
        if (!segments.includes(segment)) return;
        const { records } = decodeFile(bytes);
        for (const record of records) {
          if (!('n' in record) || record.n <= loadedThrough || record.n > last) continue;
          if (!settled.has(record.n) && !held.has(record.n)) hold(wrap(record, true));
        }
        loadedThrough = Math.max(loadedThrough, last);
      }
      isAllLoaded = loadedThrough === storedThrough || segment === undefined;
    },

    /** Forgets the oldest file with all that waits in it; how many entries that were. */
    async giveWay(): Promise<number | undefined> {
      const oldest = segments[0];
      if (oldest === undefined) return undefined;
      if (oldest === tail) await seal();
      for (const waiting of held.values()) {
        const { n } = waiting.entry;
        if (!waiting.isStored || n > oldest.lastN) continue;
        waiting.isSettled = true;
        held.delete(n);
        flying.delete(n);
      }
      queue = queue.filter(({ isSettled }) => !isSettled);
      loadedThrough = Math.max(loadedThrough, oldest.lastN);
      const { waiting } = oldest;
      storedWaiting -= waiting;
      segments.shift();
      remove(oldest);
      await removal;
      return waiting;
    },

    hasUnsaid: () => unsaid.length > 0,
    bytes: () => segments.reduce((sum, { roomBytes }) => sum + roomBytes, 0),
    /** How many wait, those in flight included. */
    waiting: (): number => storedWaiting + unstoredWaiting,
    inMemory: () => held.size,
    async close(): Promise<void> {
      await seal();
      await removal;
    },
  };

  function wrap(entry: OutboxEntry, isStored: boolean): Waiting {
    return {
      entry,
      lane: name,
      isStored,
      isSettled: false,
      unaccepted: 0,
      firstAcknowledgedAtMs: undefined,
      acknowledgedAtMs: undefined,
    };
  }

  function hold(waiting: Waiting): void {
    held.set(waiting.entry.n, waiting);
    queue.push(waiting);
  }

  function stored(waiting: Waiting, segment: Segment): void {
    const { n } = waiting.entry;
    waiting.isStored = true;
    if (held.has(n)) unstoredWaiting -= 1;
    storedWaiting += 1;
    segment.lastN = n;
    segment.waiting += 1;
    storedThrough = n;
    // Sent from memory and accepted while the disk was full.
    if (waiting.isSettled) settleStored(n);
    else if (isAllLoaded && queue.length < inMemory && !held.has(n)) hold(waiting);
    if (isAllLoaded && (held.has(n) || waiting.isSettled)) loadedThrough = n;
    else isAllLoaded = false;
  }

  function settleStored(n: number): void {
    const segment = segments.find(({ lastN }) => n <= lastN);
    if (segment === undefined) return;
    segment.waiting -= 1;
    storedWaiting -= 1;
    settled.add(n);
    unsaid.push(n);
    removeSettledHeads();
  }

  function removeSettledHeads(): void {
    for (let head = segments[0]; head !== undefined && head !== tail; head = segments[0]) {
      if (head.waiting > 0) return;
      segments.shift();
      remove(head);
    }
  }

  function remove({ name: fileName, lastN }: Segment): void {
    for (const n of settled) if (n <= lastN) settled.delete(n);
    unsaid = unsaid.filter((n) => n > lastN);
    removal = removal
      .then(() => files.remove(fileName))
      .catch((error: unknown) => troubled('outbox.file-not-removed', error));
  }

  async function tailWithRoom(bytes: number): Promise<Segment> {
    if (tail !== undefined && tail.usedBytes + bytes <= tail.roomBytes) return tail;
    await seal();
    fileCount += 1;
    const fileName = `${name}-${String(fileCount).padStart(9, '0')}.log`;
    const roomBytes = Math.max(fileBytes, bytes);
    const file = await files.create(fileName, roomBytes);
    tail = { name: fileName, usedBytes: 0, roomBytes, lastN: storedThrough, waiting: 0, file };
    segments.push(tail);
    return tail;
  }

  async function seal(): Promise<void> {
    const sealed = tail;
    tail = undefined;
    removeSettledHeads();
    await sealed?.file?.close();
  }
}
