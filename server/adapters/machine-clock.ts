import { existsSync, readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { createEvenClock } from '../hub-clock/even-clock.ts';
import type { MachineTime } from '../hub-clock/even-clock.ts';

/** Linux makes a new one at each start, and has the same for every container of a machine. */
const bootFile = '/proc/sys/kernel/random/boot_id';

const thisMachine: MachineTime = {
  wall: () => Date.now(),
  steady: () => performance.now(),
  uptime: () => uptime() * 1_000,
  boot: existsSync(bootFile) ? readFileSync(bootFile, 'utf8').trim() : null,
};

/** The hub's own time by this machine, or by what a test has in its place. */
export function openMachineClock(machine: MachineTime = thisMachine): ReturnType<typeof createEvenClock> {
  return createEvenClock(machine);
}
