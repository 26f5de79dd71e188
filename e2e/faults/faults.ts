import { bridgeFaults } from './bridge-faults.ts';
import { clockFaults } from './clock-faults.ts';
import { crowdFaults } from './crowd-faults.ts';
import { diskFaults } from './disk-faults.ts';
import { historyFaults } from './history-faults.ts';
import { linkFaults } from './link-faults.ts';
import { processFaults } from './process-faults.ts';
import type { Setting, Stage } from './stage.ts';

export type Prepared = {
  setting?: Setting;
  undo?(): void | Promise<void>;
};

/** What a fault has seen with devices and eyes of its own, beside the load. */
export type Struck = {
  /** By promise, what was not held. */
  broken: Record<string, string[]>;
  acknowledged?: number;
  presses?: number;
};

/** Something that breaks, and is mended again, while devices press and a screen shows. */
export type Fault = {
  name: string;
  what: string;
  /** How often in a short run. */
  rounds: number;
  /** Nothing can be stored while it lasts: presses of that time are on the screen, marked so, or the fault was none. */
  isOfStore?: true;
  /** It destroys what was committed: that, and at most one batch, may be lost, and the fault sees that the hub says so. */
  isLossTold?: true;
  /** What it needs before the hub starts; or one line that says why it cannot be had on this machine. */
  prepare?(): Promise<Prepared | string> | Prepared | string;
  /** Breaks it and mends it; resolves when it is mended, with what it has seen itself. */
  strike(stage: Stage, prepared: Prepared): Promise<void | Struck>;
};

/** A new one is an entry in one of these files. */
export const faults: readonly Fault[] = [
  ...processFaults,
  ...linkFaults,
  ...diskFaults,
  ...clockFaults,
  ...crowdFaults,
  ...historyFaults,
  ...bridgeFaults,
];
