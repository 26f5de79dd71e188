import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { Fault, Prepared } from './faults.ts';

const dayMs = 24 * 3600 * 1000;

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
      environment: {
        LD_PRELOAD: library,
        FAKETIME_TIMESTAMP_FILE: file,
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      },
    },
    set,
    undo: () => rmSync(folder, { recursive: true }),
  };
}

const jump = (name: string, what: string, offset: string): Fault => ({
  name,
  what,
  rounds: 1,
  prepare: withSetClock,
  async strike({ hub }, prepared) {
    const { set } = prepared as Exclude<ReturnType<typeof withSetClock>, string>;
    set(offset);
    await pass(2_000);
    const told = Date.parse((await fetch(`${hub.url}/healthz`)).headers.get('date') ?? '');
    if (!(Math.abs(told - Date.now()) > dayMs / 2)) throw new Error('the clock of the hub was not set');
  },
});

export const clockFaults: readonly Fault[] = [
  jump('clock-forward', 'the wall clock is set a day forward', '+1d'),
  jump('clock-back', 'the wall clock is set a day back', '-1d'),
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
