import { constants } from 'node:fs';
import { mkdir, open, readFile, readdir, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the outbox keeps its files. The names are its own; they carry no folder. */
export type OutboxFiles = {
  list(): Promise<string[]>;
  read(name: string): Promise<Buffer>;
  /** Makes a new file with room for so many bytes. Rejects, and leaves nothing behind, where there is no such room. */
  create(name: string, roomBytes: number): Promise<OutboxFile>;
  /** Gives back the room behind what is used. */
  trim(name: string, usedBytes: number): Promise<void>;
  remove(name: string): Promise<void>;
};

export type OutboxFile = {
  /** Resolves when the bytes are on the disk, not merely written. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  close(): Promise<void>;
};

/**
 * Files of one folder. Room is taken by writing zeros: a write into it then needs no new block, so what was
 * reserved can be used on a full disk too.
 */
export async function openOutboxFiles(folder: string): Promise<OutboxFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });

  /** The name of a file is on the disk only when its folder is. */
  async function syncFolder(): Promise<void> {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  return {
    list: () => readdir(folder),
    read: (name) => readFile(join(folder, name)),
    async create(name, roomBytes) {
      const path = join(folder, name);
      const { O_CREAT, O_EXCL, O_RDWR, O_DSYNC } = constants;
      // With O_DSYNC a write is one call into the kernel that returns when the disk has it.
      const handle = await open(path, O_CREAT | O_EXCL | O_RDWR | O_DSYNC, 0o600);
      try {
        await writeWhole(Buffer.alloc(roomBytes), 0);
        await syncFolder();
      } catch (error) {
        await handle.close();
        await unlink(path);
        throw error;
      }

      async function writeWhole(bytes: Uint8Array, position: number): Promise<void> {
        let written = 0;
        while (written < bytes.byteLength) {
          const { bytesWritten } = await handle.write(
            bytes,
            written,
            bytes.byteLength - written,
            position + written,
          );
          written += bytesWritten;
        }
      }
      return { write: writeWhole, close: () => handle.close() };
    },
    trim: (name, usedBytes) => truncate(join(folder, name), usedBytes),
    remove: (name) => unlink(join(folder, name)),
  };
}
