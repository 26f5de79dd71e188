import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOutboxFiles } from './outbox-files.ts';
import type { OutboxFiles } from './outbox-files.ts';
import { createOutbox } from './outbox.ts';
import type { Outbox } from './outbox.ts';
import { createMovingClock } from './testing/moving-clock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carebell-outbox-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const clock = createMovingClock();
const press = (id: string) => ({ id, kind: 'button.pressed' });

async function openOutbox(files: OutboxFiles, maxBytes = 64 * 1024 * 1024) {
  const told: string[] = [];
  const outbox = createOutbox({
    files,
    clock,
    maxBytes,
    troubled: (event) => void told.push(event),
    ready: () => undefined,
    askHub: () => undefined,
  });
  await outbox.open();
  return { outbox, told };
}

/** The real folder on a disk of which only so much is free; room that was made is not asked for again. */
async function smallDisk(freeBytes: number): Promise<OutboxFiles & { free(bytes: number): void }> {
  const files = await openOutboxFiles(folder);
  const rooms = new Map<string, number>();
  let left = freeBytes;
  return {
    ...files,
    async create(name, roomBytes) {
      if (roomBytes > left) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      left -= roomBytes;
      rooms.set(name, roomBytes);
      return files.create(name, roomBytes);
    },
    async remove(name) {
      left += rooms.get(name) ?? 0;
      await files.remove(name);
    },
    free(bytes) {
      left += bytes;
    },
  };
}

async function storeReadings(outbox: Outbox, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (let device = 0; device < 300; device += 1) outbox.addReading(`sensor-${device}`, { lux: round });
    clock.pass(31_000);
    // Stored in the order of asking: once this one is on the disk, so is what came before it.
    await outbox.add('d', { id: `door-${round}`, kind: 'door.opened' });
  }
}

describe('a full disk', () => {
  it('takes room from the oldest readings, never from alarms', async () => {
    const { outbox, told } = await openOutbox(await smallDisk(128 * 1024 + 10 * 64 * 1024));
    await outbox.add('b', press('first'));
    await storeReadings(outbox, 30);
    expect(outbox.counts().readingsGivenWay).toBeGreaterThan(0);
    const presses = Array.from({ length: 3_000 }, (_, index) => outbox.add('b', press(`p${index}`)));
    expect(new Set(await Promise.all(presses))).toEqual(new Set([true]));
    expect(told).toContain('outbox.gave-way');
    expect(outbox.counts()).toMatchObject({ alarmsWaiting: 3_001, notStored: 0 });
    await outbox.close();
  });

  it('with nothing left to give way keeps the press in memory, lets it be sent, says so, and stores it later', async () => {
    const disk = await smallDisk(128 * 1024);
    const { outbox, told } = await openOutbox(disk);
    const ids: string[] = [];
    for (let isStored = true; isStored;) {
      ids.push(`p${ids.length}`);
      isStored = await outbox.add('b', press(ids.at(-1)!));
    }
    ids.push('after');
    expect(await outbox.add('b', press('after'))).toBe(false);
    expect(ids.length).toBeGreaterThan(500);
    expect(told).toEqual(['outbox.not-stored']);
    expect(outbox.counts()).toMatchObject({ notStored: 2, alarmsWaiting: ids.length });
    const taken = new Set<string>();
    for (let next = outbox.take(); next !== undefined; next = outbox.take()) {
      if (next.entry.of === 'event') taken.add(next.entry.event.id);
    }
    expect([...taken]).toEqual(ids);

    outbox.accepted([ids.at(-2)!]);
    disk.free(128 * 1024);
    clock.pass(6_000);
    expect(await outbox.add('b', press('last'))).toBe(true);
    expect(outbox.counts()).toMatchObject({ notStored: 0, alarmsWaiting: ids.length });
    expect(told.at(-1)).toBe('outbox.stores-again');
    await outbox.close();
    const { outbox: again } = await openOutbox(await openOutboxFiles(folder));
    const kept: string[] = [];
    for (let next = again.take(); next !== undefined; next = again.take()) {
      if (next.entry.of === 'event') kept.push(next.entry.event.id);
    }
    expect(kept).toEqual([...ids.filter((id) => id !== ids.at(-2)), 'last']);
    await again.close();
  });

  it('by the limit of the settings lets the oldest readings give way, then the oldest routine events', async () => {
    const { outbox } = await openOutbox(await openOutboxFiles(folder), 512 * 1024);
    await storeReadings(outbox, 20);
    const events = Array.from({ length: 4_000 }, (_, index) => ({ id: `d${index}`, kind: 'door.opened' }));
    await Promise.all(events.map((event) => outbox.add('d', event)));
    const counts = outbox.counts();
    expect(counts.bytes).toBeLessThan(512 * 1024 + 2 * 64 * 1024);
    expect(counts.eventsGivenWay).toBeGreaterThan(0);
    await outbox.close();
  });
});

describe('a card that is failing', () => {
  const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

  it('and has turned read-only keeps the old presses and takes new ones, from memory', async () => {
    const files = await openOutboxFiles(folder);
    const before = await openOutbox(files);
    await before.outbox.add('b', press('old'));
    const readOnly = { ...files, create: failing('EROFS'), trim: failing('EROFS'), remove: failing('EROFS') };
    const { outbox, told } = await openOutbox(readOnly);
    expect(await outbox.add('b', press('new'))).toBe(false);
    expect([outbox.take(), outbox.take()].map((waiting) => waiting?.entry)).toMatchObject([
      { event: { id: 'old' } },
      { event: { id: 'new' } },
    ]);
    expect(told).toContain('outbox.not-stored');
    expect(outbox.counts()).toMatchObject({ waiting: 2, notStored: 1 });
  });

  it('with a bad block loses that file and says so', async () => {
    const files = await openOutboxFiles(folder);
    const before = await openOutbox(files);
    await before.outbox.add('b', press('lost'));
    const { outbox, told } = await openOutbox({ ...files, read: failing('EIO') });
    expect(await outbox.add('b', press('new'))).toBe(true);
    expect(outbox.take()?.entry).toMatchObject({ event: { id: 'new' } });
    expect(told).toEqual(['outbox.file-unreadable', 'outbox.damaged-lines-skipped']);
    await outbox.close();
  });
});

/** Adds presses until it is killed, and names each as soon as the outbox says that it is on the disk. */
const adder = `
  const { openOutboxFiles } = await import(${JSON.stringify(join(import.meta.dirname, 'outbox-files.ts'))});
  const { createOutbox } = await import(${JSON.stringify(join(import.meta.dirname, 'outbox.ts'))});
  const { systemClock } = await import(${JSON.stringify(join(import.meta.dirname, 'clock.ts'))});
  const { writeSync } = await import('node:fs');
  const [folder, round] = process.argv.slice(1);
  const outbox = createOutbox({ files: await openOutboxFiles(folder), clock: systemClock(), maxBytes: 1e8,
    troubled() {}, ready() {}, askHub() {} });
  await outbox.open();
  const next = async (lane) => {
    for (let n = 0; ; n += 1) {
      const id = round + '-' + lane + '-' + n;
      await outbox.add('b', { id, kind: lane % 2 ? 'button.pressed' : 'door.opened' });
      writeSync(1, id + '\\n');
    }
  };
  for (let lane = 0; lane < 8; lane += 1) void next(lane);
`;

it('kill -9 while events pour in, ten times: each that was said to be stored is there, once', async () => {
  const promised: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', adder, folder, String(round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    const wanted = 50 + round * 40;
    const enough = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.length > wanted * 6) resolve();
      });
    });
    await enough;
    child.kill('SIGKILL');
    await once(child, 'close');
    promised.push(...text.slice(0, text.lastIndexOf('\n')).split('\n'));
  }
  const { outbox } = await openOutbox(await openOutboxFiles(folder));
  const found: string[] = [];
  const waiting = outbox.counts().waiting;
  while (found.length < waiting) {
    const next = outbox.take();
    if (next?.entry.of === 'event') {
      found.push(next.entry.event.id);
      outbox.accepted([next.entry.event.id]);
    } else await new Promise((resolve) => setImmediate(resolve));
  }
  expect(promised.length).toBeGreaterThan(2_000);
  const times = Map.groupBy(found, (id) => id);
  expect(promised.filter((id) => times.get(id)?.length !== 1)).toEqual([]);
  expect(found.length).toBe(times.size);
  await outbox.close();
});
