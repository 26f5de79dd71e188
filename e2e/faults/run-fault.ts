import type { Fault } from './faults.ts';
import type { Town } from './founded-town.ts';
import { brokenPromises } from './ledger.ts';
import { openStage } from './stage.ts';

export type FaultReport = {
  fault: string;
  what: string;
  rounds: number;
  acknowledged: number;
  presses: number;
  /** Presses that the screen showed while they were not stored. */
  shownNotStored: number;
  /** By promise, what was not held, over all rounds. */
  broken: Record<string, string[]>;
  /** From the end of the fault until the first press was acknowledged and shown, of each round. */
  workedAgainAfterMs: number[];
};

/** Strikes so often, under load all the while. A string says why it cannot be done here. */
export async function runFault(fault: Fault, town: Town, rounds: number): Promise<FaultReport | string> {
  const prepared = (await fault.prepare?.()) ?? {};
  if (typeof prepared === 'string') return prepared;
  try {
    const { stage, round, close } = await openStage(town, prepared.setting);
    try {
      const report: FaultReport = {
        fault: fault.name,
        what: fault.what,
        rounds,
        acknowledged: 0,
        presses: 0,
        shownNotStored: 0,
        broken: {},
        workedAgainAfterMs: [],
      };
      for (let count = 0; count < rounds; count += 1) {
        const verdict = await round((standing) => fault.strike(standing, prepared));
        report.acknowledged = verdict.acknowledged;
        report.presses = verdict.presses;
        report.shownNotStored = verdict.shownNotStored;
        Object.assign(report.broken, brokenPromises(verdict));
        // A fault of the store that no screen has noticed was none.
        if (fault.isOfStore && verdict.shownNotStored === 0) report.broken['told'] = ['nothing'];
        if (verdict.workedAgainAfterMs === undefined) report.broken['ready'] = ['never'];
        else report.workedAgainAfterMs.push(verdict.workedAgainAfterMs);
      }
      if (/uncaught|unhandled/i.test(stage.hub.output())) report.broken['output'] = [stage.hub.output()];
      return report;
    } finally {
      await close();
    }
  } finally {
    await prepared.undo?.();
  }
}
