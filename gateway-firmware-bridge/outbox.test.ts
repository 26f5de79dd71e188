import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutboxFiles } from './outbox-files.ts';
import { openOutboxFiles } from './outbox-files.ts';
import { createOutbox } from './outbox.ts';
import type { Outbox } from './outbox.ts';
import { createMovingClock } from './testing/moving-clock.ts';
import type { MovingClock } from './testing/moving-clock.ts';

let folder: string;
let clock: MovingClock;
const open: Outbox[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carebell-outbox-'));
  clock = createMovingClock();
});
afterEach(async () => {
  for (const outbox of open.splice(0)) await outbox.close();
  rmSync(folder, { recursive: true });
});

type Told = { event: string; details: object }[];

async function openOutbox(more: { files?: OutboxFiles; maxBytes?: number } = {}) {
  const told: Told = [];
  const outbox = createOutbox({
    files: more.files ?? (await openOutboxFiles(folder)),
    clock,
    maxBytes: more.maxBytes ?? 64 * 1024 * 1024,
    troubled: (event, details) => void told.push({ event, details }),
    ready: () => undefined,
    askHub: () => undefined,
  });
  open.push(outbox);
  const presses = await outbox.open();
  return { outbox, told, presses };
}

const press = (id: string) => ({ id, kind: 'button.pressed', data: { key: 'help' } });
const door = (id: string) => ({ id, kind: 'door.opened' });

/** Takes all that can be taken now; what lies on the disk only comes in portions. */
async function takeAll(outbox: Outbox, wanted: number) {
  const names: string[] = [];
  await vi.waitFor(() => {
    for (let next = outbox.take(); next !== undefined; next = outbox.take()) {
      names.push(next.entry.of === 'event' ? next.entry.event.id : `reading of ${next.entry.deviceId}`);
    }
    expect(names.length).toBe(wanted);
  });
  return names;
}

/** The files of a process that was killed: as they are, with nothing closed. */
const killed = () => void open.splice(0);

describe('an event', () => {
  it('is on the disk before it can be taken', async () => {
    const { outbox } = await openOutbox();
    const added = outbox.add('b1', press('e1'));
    expect(outbox.take()).toBeUndefined();
    expect(await added).toBe(true);
    const [file] = readdirSync(folder).filter((name) => name.startsWith('alarm'));
    expect(readFileSync(join(folder, file!), 'utf8')).toContain('"id":"e1"');
    expect(await takeAll(outbox, 1)).toEqual(['e1']);
  });

  it('stays over a crash until the hub accepts it, and no longer', async () => {
    const first = await openOutbox();
    for (const id of ['e1', 'e2', 'e3']) await first.outbox.add('b1', press(id));
    await takeAll(first.outbox, 3);
    first.outbox.accepted(['e2']);
    clock.pass(1000);
    await vi.waitFor(() => {
      const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
      expect(texts.join('')).toContain('"settled"');
    });
    killed();
    const second = await openOutbox();
    expect(await takeAll(second.outbox, 2)).toEqual(['e1', 'e3']);
    expect(second.outbox.accepted(['e1', 'e3', 'stranger'])).toBe(2);
    expect(second.outbox.counts().waiting).toBe(0);
    await second.outbox.close();
    killed();
    const third = await openOutbox();
    expect(third.outbox.counts().waiting).toBe(0);
  });

  it('is sent again after a lost connection, before what came later', async () => {
    const { outbox } = await openOutbox();
    for (const id of ['e1', 'e2']) await outbox.add('b1', press(id));
    await takeAll(outbox, 2);
    await outbox.add('b1', press('e3'));
    outbox.connectionLost();
    expect(await takeAll(outbox, 3)).toEqual(['e1', 'e2', 'e3']);
  });

  it('that goes on over a restart is known by sender and signal', async () => {
    const first = await openOutbox();
    await first.outbox.add('b1', press('e1'), 'b1 key.4');
    killed();
    clock.pass(2_000);
    expect((await openOutbox()).presses).toEqual([{ press: 'b1 key.4', agoMs: 2_000 }]);
    killed();
    clock.boot(clock.now() + 60_000);
    expect((await openOutbox()).presses).toEqual([]);
  });
});

describe('the order', () => {
  it('is that of hearing while little waits, and alarms overtake a backlog', async () => {
    const { outbox } = await openOutbox();
    for (let index = 0; index < 5; index += 1) await outbox.add('d1', door(`d${index}`));
    await outbox.add('b1', press('p'));
    expect(await takeAll(outbox, 6)).toEqual(['d0', 'd1', 'd2', 'd3', 'd4', 'p']);
    outbox.accepted(['d0', 'd1', 'd2', 'd3', 'd4', 'p']);
    for (let index = 0; index < 40; index += 1) await outbox.add('d1', door(`e${index}`));
    await outbox.add('b1', press('q'));
    expect((await takeAll(outbox, 41)).slice(0, 3)).toEqual(['q', 'e0', 'e1']);
  });

  it('puts readings last, one of each device', async () => {
    const { outbox } = await openOutbox();
    outbox.connected();
    for (let index = 0; index < 9; index += 1) outbox.addReading(`r${index % 2}`, { lux: index });
    clock.pass(1_000);
    await outbox.add('d1', door('d'));
    expect(await takeAll(outbox, 3)).toEqual(['d', 'reading of r0', 'reading of r1']);
  });

  it('holds for a backlog far larger than what is kept in memory', async () => {
    const first = await openOutbox();
    const ids = Array.from({ length: 6_000 }, (_, index) => `p${index}`);
    await Promise.all(ids.map((id) => first.outbox.add('b1', press(id))));
    killed();
    const { outbox } = await openOutbox();
    expect(outbox.counts().waiting).toBe(6_000);
    const taken: string[] = [];
    await vi.waitFor(() => {
      for (let next = outbox.take(); next?.entry.of === 'event'; next = outbox.take()) {
        taken.push(next.entry.event.id);
        outbox.accepted([next.entry.event.id]);
      }
      expect(taken).toHaveLength(6_000);
    });
    expect(taken).toEqual(ids);
    expect(outbox.counts()).toMatchObject({ waiting: 0, accepted: 6_000 });
    await outbox.close();
    killed();
    expect((await openOutbox()).outbox.counts().waiting).toBe(0);
  });
});

describe('a power cut', () => {
  it('in the middle of a write costs the torn line and nothing before or after it', async () => {
    const first = await openOutbox();
    for (const id of ['e1', 'e2']) await first.outbox.add('b1', press(id));
    killed();
    const [file] = readdirSync(folder).filter((name) => name.startsWith('alarm'));
    const bytes = readFileSync(join(folder, file!));
    writeFileSync(join(folder, file!), bytes.subarray(0, bytes.indexOf(0) - 20));
    const second = await openOutbox();
    expect(second.outbox.counts()).toMatchObject({ damagedLines: 1 });
    await second.outbox.add('b1', press('e3'));
    killed();
    expect(await takeAll((await openOutbox()).outbox, 2)).toEqual(['e1', 'e3']);
  });
});

describe('the age', () => {
  it('is right over a restart of the process, the machine, and a clock that was wrong at boot', async () => {
    const truth = clock.now();
    const first = await openOutbox();
    await first.outbox.add('b1', press('e1'));
    clock.setWall(truth + 40 * 24 * 3600 * 1000);
    clock.pass(10_000);
    await vi.waitFor(() => {
      const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
      expect(texts.join('').match(/wall-offset/g)?.length).toBe(2);
    });
    const waiting = first.outbox.take()!;
    expect(first.outbox.ageOf(waiting)).toBe(10_000);
    killed();
    clock.boot(clock.now() + 3_600_000);
    const second = await openOutbox();
    expect(second.outbox.ageOf(second.outbox.take()!)).toBe(3_610_000);
  });
});

describe('what is acknowledged and never accepted', () => {
  it('is tried again, then given up by name once the hub has spoken after each of three times', async () => {
    const { outbox, told } = await openOutbox();
    await outbox.add('elsewhere', press('e1'));
    let tries = 0;
    for (let second = 0; second < 300; second += 1) {
      for (let next = outbox.take(); next !== undefined; next = outbox.take()) {
        tries += 1;
        outbox.acknowledged(next);
      }
      clock.pass(1_000);
      outbox.hubSpoke();
    }
    expect(tries).toBe(3);
    expect(outbox.counts()).toMatchObject({ refused: 1, waiting: 0 });
    expect(told.map(({ event }) => event)).toContain('outbox.not-accepted');
  });

  it('is not given up while the hub behind the broker is silent, until its identifier is forgotten there', async () => {
    const { outbox } = await openOutbox();
    await outbox.add('b1', press('e1'));
    const hours = (count: number) => {
      for (let minute = 0; minute < 60 * count; minute += 1) {
        for (let next = outbox.take(); next !== undefined; next = outbox.take()) outbox.acknowledged(next);
        clock.pass(60_000);
      }
    };
    hours(20);
    expect(outbox.counts()).toMatchObject({ refused: 0, waiting: 1 });
    hours(5);
    expect(outbox.counts()).toMatchObject({ refused: 1, waiting: 0 });
  });
});
