import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pass } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { serviceOrSkip } from '../services.ts';
import type { Fault, Struck } from './faults.ts';
import type { Stage } from './stage.ts';

const brokenMs = 3_000;
const smallDiskMb = 48;

/** The kernel answers these system calls of the hub in another way, for as long as `during` takes. */
async function withCalls(stage: Stage, injection: string, during: () => Promise<void>): Promise<void> {
  const [calls = ''] = injection.split(':');
  const words = ['-f', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${injection}`];
  const tracer = spawn('strace', [...words, '-p', String(stage.hub.pid())], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(tracer, 'exit');
  const [said] = (await Promise.race([once(tracer.stderr, 'data'), exited])) as [unknown];
  if (!String(said).includes('attached')) throw new Error(`strace: ${String(said)}`);
  await during();
  tracer.kill('SIGINT');
  await exited;
}

const isTraceable = (): boolean => {
  if (serviceOrSkip('strace') === undefined) return false;
  return spawnSync('strace', ['-o', '/dev/null', '-p', String(process.ppid)], { timeout: 300 }).status !== 1;
};

const withBrokenCalls =
  (injection: string) =>
  async (stage: Stage): Promise<void> =>
    withCalls(stage, injection, () => pass(brokenMs));

/** Bytes at the end of the write-ahead log that no commit has written: what a power cut leaves of the last one. */
function tearLog({ dataDir }: Stage): void {
  const file = join(dataDir, 'carebell.db-wal');
  const { size } = statSync(file);
  const torn = Buffer.alloc(24 + 2_048, 0xa5);
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, torn, 0, torn.length, size);
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** Where the last frame of the log begins, and how many of them the database file has not yet, by SQLite's index of the log. */
function lastFrame({ dataDir }: Stage): { at: number; left: number } {
  const index = readFileSync(join(dataDir, 'carebell.db-shm'));
  const frames = index.readUInt32LE(16);
  return { at: 32 + (frames - 1) * (24 + 4_096), left: frames - index.readUInt32LE(96) };
}

/** Bytes are destroyed that were committed: they are lost, and the hub must say so. */
async function harmLog(stage: Stage, harm: (file: string, at: number) => void): Promise<Struck> {
  await stage.hub.kill();
  while (lastFrame(stage).left < 1) {
    await stage.hub.start();
    await pass(500);
    await stage.hub.kill();
  }
  harm(join(stage.dataDir, 'carebell.db-wal'), lastFrame(stage).at);
  await stage.hub.start();
  using db = new DatabaseSync(join(stage.dataDir, 'carebell.db'), { readOnly: true, timeout: 10_000 });
  const alarms = db
    .prepare(`SELECT count(*) AS count FROM alarms WHERE kind = 'store-damaged' AND phase <> 'closed'`)
    .get();
  const kept = readdirSync(stage.dataDir).some((name) => name.startsWith('carebell.db-wal.damaged-'));
  const silent = [
    ...(stage.hub.output().includes('store.log-damaged') ? [] : ['no line in the log']),
    ...(Number(alarms?.['count']) === 1 ? [] : ['no technical alarm']),
    ...(kept ? [] : ['the log was not kept']),
  ];
  return { broken: silent.length > 0 ? { silent } : {} };
}

function overwrite(file: string, at: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(24 + 4_096, 0xa5), 0, 24 + 4_096, at);
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function fill({ dataDir }: Stage, ballast: string): void {
  const descriptor = openSync(join(dataDir, ballast), 'w');
  const chunk = Buffer.alloc(64 * 1024, 1);
  try {
    for (;;) writeSync(descriptor, chunk);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** A small disk in memory; `undefined` where this user may mount none. */
function mountSmallDisk(): { dataDir: string; unmount(): void } | undefined {
  const dataDir = mkdtempSync(join(tmpdir(), 'carebell-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${smallDiskMb}m`, 'tmpfs', dataDir]);
  const unmount = (): void => {
    spawnSync('umount', [dataDir]);
    rmdirSync(dataDir);
  };
  if (mounted.status === 0) return { dataDir, unmount };
  rmdirSync(dataDir);
  return undefined;
}

export const diskFaults: readonly Fault[] = [
  {
    name: 'disk-full',
    isOfStore: true,
    what: `a disk of ${smallDiskMb} MB is filled to the last byte for 3 s`,
    rounds: 1,
    prepare() {
      const disk = mountSmallDisk();
      return disk === undefined
        ? 'this user may mount no disk'
        : { setting: { dataDir: disk.dataDir }, undo: disk.unmount };
    },
    async strike(stage) {
      fill(stage, 'ballast');
      await pass(brokenMs);
      rmSync(join(stage.dataDir, 'ballast'));
    },
  },
  ...(
    [
      ['disk-read-only', 'pwrite64:error=EROFS', 'the kernel refuses every write to a file (EROFS) for 3 s'],
      ['fsync-fails', 'fsync,fdatasync:error=EIO', 'every fsync fails (EIO) for 3 s'],
      ['fsync-slow', 'fsync,fdatasync:delay_enter=400000', 'every fsync takes 0.4 s for 3 s'],
    ] as const
  ).map(([name, injection, what]): Fault => ({
    name,
    isOfStore: true,
    what,
    rounds: 1,
    prepare: () => (isTraceable() ? {} : 'strace is not there, or may not trace'),
    strike: withBrokenCalls(injection),
  })),
  {
    name: 'log-torn',
    what: 'kill -9, and half a page of rubbish at the end of the write-ahead log',
    rounds: 2,
    async strike(stage) {
      await stage.hub.kill();
      tearLog(stage);
      await stage.hub.start();
    },
  },
  ...(
    [
      ['log-overwritten', 'kill -9, and rubbish over the last page that was committed to the log', overwrite],
      [
        'log-cut',
        'kill -9, and the log ends in the middle of the last page',
        (file: string, at: number) => truncateSync(file, at + 1_000),
      ],
    ] as const
  ).map(([name, what, harm]): Fault => ({
    name,
    isLossTold: true,
    what,
    rounds: 1,
    strike: (stage) => harmLog(stage, harm),
  })),
];
