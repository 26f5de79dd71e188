import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { paddingAfter, readTarHeader, tarBlock, tarEnd, tarHeader } from './tar.ts';

export type ArchivedFile = { name: string; size: number; sha256: string };

/** What an archive of the hub may hold: its own few files, by bare names. */
export type Admitted = (name: string) => boolean;

export async function describeFile(dir: string, name: string): Promise<ArchivedFile> {
  const path = join(dir, name);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return { name, size: statSync(path).size, sha256: hash.digest('hex') };
}

/** Writes the files of a directory into one gzipped tar and syncs it. Only its owner may read it. */
export async function packArchive(
  { file, dir, names }: { file: string; dir: string; names: readonly string[] },
  atMs: number,
): Promise<void> {
  // The cheapest compression: the machine has presses to answer meanwhile.
  await pipeline(
    Readable.from(tarOf(dir, names, atMs)),
    createGzip({ level: 1 }),
    createWriteStream(file, { flags: 'wx', mode: 0o600 }),
  );
  await syncFile(file);
}

async function* tarOf(dir: string, names: readonly string[], atMs: number): AsyncGenerator<Buffer> {
  for (const name of names) {
    const path = join(dir, name);
    const { size } = statSync(path);
    yield tarHeader({ name, size }, atMs);
    for await (const chunk of createReadStream(path)) yield chunk as Buffer;
    yield Buffer.alloc(paddingAfter(size));
  }
  yield tarEnd;
}

/**
 * Writes the files of an archive into a directory, each synced. Throws at a file that the archive must not hold, at a
 * name that comes twice, at more octets than announced and at an archive that ends early.
 */
export async function unpackArchive(
  { file, dir }: { file: string; dir: string },
  isAdmitted: Admitted,
): Promise<ArchivedFile[]> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  const feeding = pipeline(source, gunzip);
  feeding.catch(() => undefined);
  const take = takerOf(gunzip);
  const unpacked: ArchivedFile[] = [];
  for (;;) {
    const entry = readTarHeader(await take.exactly(tarBlock));
    if (entry === undefined) break;
    if (!isAdmitted(entry.name) || unpacked.some(({ name }) => name === entry.name))
      throw new Error(`a back-up holds no file of the name "${entry.name}"`);
    unpacked.push(await writeOut(join(dir, entry.name), entry, take));
    await take.exactly(paddingAfter(entry.size));
  }
  source.destroy();
  gunzip.destroy();
  await finished(gunzip).catch(() => undefined);
  return unpacked;
}

type Taker = ReturnType<typeof takerOf>;

async function writeOut(path: string, { name, size }: { name: string; size: number }, take: Taker) {
  const target = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  try {
    for (let left = size; left > 0;) {
      const chunk = await take.atMost(left);
      hash.update(chunk);
      await target.writeFile(chunk);
      left -= chunk.length;
    }
    await target.sync();
  } finally {
    await target.close();
  }
  return { name, size, sha256: hash.digest('hex') };
}

function takerOf(stream: Readable) {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let held: Buffer = Buffer.alloc(0);

  async function atMost(size: number): Promise<Buffer> {
    if (held.length === 0) {
      const next = await chunks.next();
      if (next.done === true) throw new Error('the back-up ends early: it was not copied whole');
      held = next.value;
    }
    const taken = held.subarray(0, size);
    held = held.subarray(taken.length);
    return taken;
  }

  async function exactly(size: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = size; left > 0;) {
      const part = await atMost(left);
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }
  return { atMost, exactly };
}

export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
