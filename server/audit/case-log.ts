import type { CaseChain } from '@carebell/contracts/case-file.ts';
import { chainStart, firstBrokenStep } from '../alarm/alarm-chain.ts';

export type LoggedStep = { seq: number; atMs: number; body: string; hash: string | null };
/** What the alarm itself remembers of its log, so that steps cannot be cut off at its end. */
export type CaseHead = { steps: number; lastSeq: number; lastHash: string };
export type CaseLog = { alarmId: string; steps: readonly LoggedStep[]; head: CaseHead | null };

/** The logs of cases, as they stand in the journal, with what each alarm remembers of its own. */
export type CaseLogReads = {
  caseLog(alarmId: string): Promise<CaseLog | undefined>;
  /** In the order of the identifiers, those after `after`; cases that only one of the two places knows included. */
  caseLogs(after: string, limit: number): Promise<CaseLog[]>;
};

export function verifyCase({ alarmId, steps, head }: CaseLog): CaseChain {
  const lastHash = steps.at(-1)?.hash ?? chainStart;
  const of = { steps: steps.length, lastHash };
  const brokenAt = firstBrokenStep(alarmId, steps);
  if (brokenAt !== undefined) return { ...of, holds: false, fault: 'step-changed', brokenAt };
  const lastSeq = steps.at(-1)?.seq ?? null;
  const isWhole =
    head !== null && head.steps === steps.length && head.lastSeq === lastSeq && head.lastHash === lastHash;
  if (!isWhole) return { ...of, holds: false, fault: 'steps-missing', brokenAt: lastSeq };
  return { ...of, holds: true, fault: null, brokenAt: null };
}
