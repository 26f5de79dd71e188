import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCommandMemory } from './command-memory.ts';
import type { DoneCommand } from './command-memory.ts';
import { openOutboxFiles } from './outbox-files.ts';
import type { OutboxFiles } from './outbox-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carebell-commands-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const done = (id: string): DoneCommand => ({ deviceId: 'lamp', result: { id, ok: true } });
const failed: DoneCommand = { deviceId: 'lamp', result: { id: 'f', ok: false, reason: '没有灯\n' } };

async function open(files?: OutboxFiles) {
  const told: string[] = [];
  const memory = await openCommandMemory(
    files ?? (await openOutboxFiles(folder)),
    (event) => void told.push(event),
  );
  return { memory, told };
}

const filesThere = () => readdirSync(folder).toSorted();

test('what was carried out is known to the next process, which was not told that the last one would end', async () => {
  const { memory } = await open();
  expect(memory.recalled()).toEqual([]);
  expect(filesThere()).toEqual([]);
  await memory.keep(done('a'));
  await Promise.all([memory.keep(failed), memory.keep(done('b'))]);
  const next = await open();
  expect(next.memory.recalled()).toEqual([done('a'), failed, done('b')]);
  await next.memory.keep(done('c'));
  expect(filesThere()).toEqual(['commands-000000002.log']);
  const third = await open();
  expect(third.memory.recalled()).toEqual([done('a'), failed, done('b'), done('c')]);
  await Promise.all([memory, next.memory, third.memory].map((each) => each.close()));
});

test('the latest 500 are known however many there were, in one file that does not grow', async () => {
  const { memory } = await open();
  const ids = Array.from({ length: 6_000 }, (_, index) => `command-${index}`);
  for (let at = 0; at < ids.length; at += 50) {
    await Promise.all(ids.slice(at, at + 50).map((id) => memory.keep(done(id))));
  }
  await memory.close();
  const names = filesThere();
  expect(names).toHaveLength(1);
  expect(statSync(join(folder, names[0]!)).size).toBeLessThanOrEqual(128 * 1024);
  const { memory: next } = await open();
  const known = next.recalled().map(({ result }) => result.id);
  expect(known.length).toBeGreaterThanOrEqual(500);
  expect(known).toEqual(ids.slice(-known.length));
  await next.close();
});

test('a power cut within a write costs that line, never those before it', async () => {
  const { memory } = await open();
  await memory.keep(done('a'));
  await memory.keep(done('b'));
  await memory.close();
  const path = join(folder, filesThere()[0]!);
  const bytes = readFileSync(path);
  const end = bytes.indexOf(0);
  writeFileSync(path, bytes.subarray(0, end - 5));
  const { memory: next } = await open();
  expect(next.recalled()).toEqual([done('a')]);
  await next.close();
});

test('a disk that takes nothing is told once, and what was carried out meanwhile is stored when it does again', async () => {
  const files = await openOutboxFiles(folder);
  let isFull = true;
  const { memory, told } = await open({
    ...files,
    create: (name, room) =>
      isFull ? Promise.reject(new Error('no space left on device')) : files.create(name, room),
  });
  await memory.keep(done('a'));
  await memory.keep(done('b'));
  expect(told).toEqual(['commands.not-remembered']);
  isFull = false;
  await memory.keep(done('c'));
  await memory.close();
  const { memory: next } = await open();
  expect(next.recalled()).toEqual([done('a'), done('b'), done('c')]);
  await next.close();
});

test('a write that fails takes the file with it, and the next one holds everything', async () => {
  const files = await openOutboxFiles(folder);
  let fails = false;
  const { memory, told } = await open({
    ...files,
    async create(name, room) {
      const file = await files.create(name, room);
      return {
        ...file,
        write: (bytes, at) => (fails ? Promise.reject(new Error('I/O error')) : file.write(bytes, at)),
      };
    },
  });
  await memory.keep(done('a'));
  fails = true;
  await memory.keep(done('b'));
  fails = false;
  await memory.keep(done('c'));
  expect(told).toEqual(['commands.not-remembered']);
  await memory.close();
  const { memory: next } = await open();
  expect(next.recalled()).toEqual([done('a'), done('b'), done('c')]);
  await next.close();
});
