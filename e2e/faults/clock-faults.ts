import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { Fault, Prepared } from './faults.ts';
import { unanswered } from './next-steps.ts';
import type { Stage } from './stage.ts';

const dayMs = 24 * 3600 * 1000;
/** So long calls go unanswered before the clock is set. */
const standingMs = 3_000;
const setWithinMs = 10_000;
/** All of them stay open for half a minute, and each has its steps. */
const perSecond = { events: 100, presses: 5 };

/** Debian keeps it below a folder of the machine's architecture. */
function findFakeTime(): string | undefined {
  const root = '/usr/lib';
  return readdirSync(root)
    .map((folder) => join(root, folder, 'faketime', 'libfaketimeMT.so.1'))
    .find((file) => existsSync(file));
}

/** A hub whose wall clock is set by a file; the clock that only counts goes on evenly, as on a real machine. */
function withSetClock(): (Prepared & { set(offset: string): void }) | string {
  const library = findFakeTime();
  if (library === undefined) return 'libfaketime is not there';
  const folder = mkdtempSync(join(tmpdir(), 'carebell-clock-'));
  const file = join(folder, 'offset');
  const set = (offset: string): void => writeFileSync(file, `${offset}\n`);
  set('+0');
  return {
    setting: {
      perSecond,
      environment: {
        LD_PRELOAD: library,
        FAKETIME_TIMESTAMP_FILE: file,
        // Reading the file at every look at a clock would be a load of its own.
        FAKETIME_CACHE_DURATION: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      },
    },
    set,
    undo: () => rmSync(folder, { recursive: true }),
  };
}

type SetClock = Exclude<ReturnType<typeof withSetClock>, string>;

const jump = (name: string, what: string, offset: string): Fault => ({
  name,
  what,
  rounds: 1,
  prepare: withSetClock,
  async strike(stage, prepared) {
    const { set } = prepared as SetClock;
    await pass(standingMs);
    const open = unanswered(stage);
    set(offset);
    await mustBeSet(stage);
    return { broken: await open.inTime() };
  },
});

/** The same while the hub is away: only what it has kept can tell it. */
const jumpWhileAway = (name: string, what: string, offset: string): Fault => ({
  name,
  what,
  rounds: 1,
  prepare: withSetClock,
  async strike(stage, prepared) {
    const { set } = prepared as SetClock;
    await pass(standingMs);
    const open = unanswered(stage);
    await stage.hub.kill();
    set(offset);
    await stage.hub.start();
    await mustBeSet(stage);
    return { broken: await open.inTime() };
  },
});

async function mustBeSet({ hub }: Stage): Promise<void> {
  const untilMs = performance.now() + setWithinMs;
  while (performance.now() < untilMs) {
    const told = Date.parse((await fetch(`${hub.url}/healthz`)).headers.get('date') ?? '');
    if (Math.abs(told - Date.now()) > dayMs / 2) return;
    await pass(100);
  }
  throw new Error('the clock of the hub was not set');
}

export const clockFaults: readonly Fault[] = [
  jump('clock-forward', 'the wall clock is set a day forward', '+1d'),
  jump('clock-back', 'the wall clock is set a day back', '-1d'),
  jumpWhileAway('clock-back-away', 'kill -9, the wall clock is set a day back, and a start', '-1d'),
  jumpWhileAway('clock-forward-away', 'kill -9, the wall clock is set a day forward, and a start', '+1d'),
  {
    name: 'time-zone',
    what: 'a start with other time zones, of the machine and of the hub',
    rounds: 1,
    async strike({ hub }) {
      await hub.stop();
      await hub.start({ TZ: 'America/St_Johns', CAREBELL_TIME_ZONE: 'Pacific/Chatham' });
    },
  },
];
