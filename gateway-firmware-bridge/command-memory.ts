import { deviceIdSchema } from '@carebell/contracts/ids.ts';
import { commandResultSchema } from '@carebell/contracts/messages.ts';
import { z } from 'zod';
import { decodeLines, encodeLine } from './checked-lines.ts';
import type { OutboxFile, OutboxFiles } from './outbox-files.ts';

const doneSchema = z.object({ deviceId: deviceIdSchema, result: commandResultSchema });
/** A command that was carried out, or could not be. */
export type DoneCommand = z.infer<typeof doneSchema>;

export type CommandMemory = {
  /** What is remembered, the oldest first. */
  recalled(): readonly DoneCommand[];
  /** Resolves when it is on the disk, or when the disk does not take it and this process alone knows it. */
  keep(done: DoneCommand): Promise<void>;
  close(): Promise<void>;
};

/** So many are remembered at least, and twice as many at most. */
const fewest = 500;
const fileBytes = 128 * 1024;

/**
 * The commands that this bridge has carried out, so that one that the hub repeats after a restart is answered and not
 * carried out again. One file of checked lines, written like the outbox's: into room that is there, by this process alone.
 * A full one is followed by a new one that begins with the latest of the old.
 */
export async function openCommandMemory(
  files: OutboxFiles,
  troubled: (event: string, details: object) => void,
): Promise<CommandMemory> {
  const names = (await files.list()).filter((name) => /^commands-\d+\.log$/.test(name)).toSorted();
  let known: DoneCommand[] = [];
  for (const name of names) {
    const bytes = await files.read(name).catch((error: unknown) => {
      troubled('commands.file-unreadable', { err: error });
      return Buffer.alloc(0);
    });
    known.push(...decodeLines(bytes, (json) => doneSchema.safeParse(json).data).values);
  }
  let fileCount = Number(/\d+/.exec(names.at(-1) ?? '')?.[0] ?? 0);
  let old = names;
  let tail: { file: OutboxFile; usedBytes: number; roomBytes: number } | undefined;
  let pending: DoneCommand[] = [];
  let writing: Promise<void> | undefined;
  let isFailing = false;

  async function write(): Promise<void> {
    // What comes in the same turn, as when an alarm is closed that many lamps show, is written at once.
    await Promise.resolve();
    while (pending.length > 0) {
      const batch = pending;
      pending = [];
      known = [...known, ...batch].slice(-2 * fewest);
      try {
        await append(batch);
        isFailing = false;
      } catch (error) {
        if (!isFailing) troubled('commands.not-remembered', { err: error });
        isFailing = true;
        // Not trusted any more, like a file of the outbox; the next one begins with all that is known.
        const failed = tail;
        tail = undefined;
        await failed?.file.close().catch((err: unknown) => troubled('commands.file-not-closed', { err }));
      }
    }
    writing = undefined;
  }

  async function append(batch: readonly DoneCommand[]): Promise<void> {
    const bytes = Buffer.concat(batch.map(encodeLine));
    if (tail === undefined || tail.usedBytes + bytes.byteLength > tail.roomBytes) {
      await begin();
      return;
    }
    await tail.file.write(bytes, tail.usedBytes);
    tail.usedBytes += bytes.byteLength;
  }

  /** A new file that holds the latest, this batch with them; only then do the old ones go. */
  async function begin(): Promise<void> {
    known = known.slice(-fewest);
    const bytes = Buffer.concat(known.map(encodeLine));
    fileCount += 1;
    const name = `commands-${String(fileCount).padStart(9, '0')}.log`;
    const roomBytes = Math.max(fileBytes, 2 * bytes.byteLength);
    const file = await files.create(name, roomBytes);
    const before = tail;
    tail = { file, usedBytes: bytes.byteLength, roomBytes };
    await before?.file.close();
    const gone = old;
    old = [...gone, name];
    await file.write(bytes, 0);
    for (const left of gone) {
      await files.remove(left).catch((err: unknown) => troubled('commands.file-not-removed', { err }));
    }
    old = [name];
  }

  return {
    recalled: () => known,
    keep(done) {
      pending.push(done);
      writing ??= write();
      return writing;
    },
    async close() {
      await writing;
      await tail?.file.close();
      tail = undefined;
    },
  };
}
