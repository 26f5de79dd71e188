import type { Fault, Struck } from './faults.ts';
import type { Town } from './founded-town.ts';
import { brokenPromises, withoutToldLoss } from './ledger.ts';
import { openStage } from './stage.ts';

export type FaultReport = {
  fault: string;
  what: string;
  rounds: number;
  acknowledged: number;
  presses: number;
  /** Presses that the screen showed while they were not stored. */
  shownNotStored: number;
  /** Acknowledged and destroyed by the fault itself, which the hub has told. */
  lostAndTold: number;
  /** By promise, what was not held, over all rounds. */
  broken: Record<string, string[]>;
  /** From the end of the fault until the first press was acknowledged and shown, of each round. */
  workedAgainAfterMs: number[];
};

/**
 * Strikes so often, under load all the while. A string says why it cannot be done here: a user who may not mount or trace. A
 * missing program is an error where services are required.
 */
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
        lostAndTold: 0,
        broken: {},
        workedAgainAfterMs: [],
      };
      const seen = { acknowledged: 0, presses: 0 };
      for (let count = 0; count < rounds; count += 1) {
        let struck: Struck | void = undefined;
        const verdict = await round(async (standing) => {
          struck = await fault.strike(standing, prepared);
        });
        const own: Struck = struck ?? { broken: {} };
        seen.acknowledged += own.acknowledged ?? 0;
        seen.presses += own.presses ?? 0;
        report.acknowledged = verdict.acknowledged + seen.acknowledged;
        report.presses = verdict.presses + seen.presses;
        report.shownNotStored = verdict.shownNotStored;
        if (fault.isLossTold) report.lostAndTold = verdict.lost.length;
        Object.assign(
          report.broken,
          brokenPromises(fault.isLossTold ? withoutToldLoss(verdict) : verdict),
          own.broken,
        );
        // A fault of the store that no screen has noticed was none.
        if (fault.isOfStore && verdict.shownNotStored === 0) report.broken['told'] = ['nothing'];
        if (verdict.workedAgainAfterMs === undefined) report.broken['ready'] = ['never'];
        else report.workedAgainAfterMs.push(verdict.workedAgainAfterMs);
      }
      if (/uncaught|unhandled/i.test(stage.hub.output())) report.broken['output'] = [stage.hub.output()];
      // A loss that is told and was none would send people looking for it.
      if (!fault.isLossTold && stage.hub.output().includes('store.log-damaged'))
        report.broken['damageTold'] = [stage.hub.output()];
      return report;
    } finally {
      await close();
    }
  } finally {
    await prepared.undo?.();
  }
}
