import { createHash } from 'node:crypto';
import type { CaseChain } from '@carebell/contracts/case-file.ts';
import { verifyCase } from '../audit/case-log.ts';
import type { CaseLogReads } from '../audit/case-log.ts';

export type BrokenCase = { alarmId: string; chain: CaseChain };
export type Verified = {
  cases: number;
  steps: number;
  broken: BrokenCase[];
  /** Over the last hash of every case: noted elsewhere, it shows later whether a whole log was replaced. */
  fingerprint: string;
};

const casesAtOnce = 200;

/** Checks the chain of one case or of all; `undefined` if there is no such case. */
export async function verifyLog(reads: CaseLogReads, alarmId?: string): Promise<Verified | undefined> {
  const fingerprint = createHash('sha256');
  const verified = { cases: 0, steps: 0, broken: [] as BrokenCase[] };
  const only = alarmId === undefined ? undefined : await reads.caseLog(alarmId);
  if (alarmId !== undefined && only === undefined) return undefined;
  let logs = only ? [only] : await reads.caseLogs('', casesAtOnce);
  while (logs.length > 0) {
    for (const log of logs) {
      const chain = verifyCase(log);
      verified.cases += 1;
      verified.steps += chain.steps;
      fingerprint.update(`${log.alarmId} ${chain.lastHash}\n`);
      if (!chain.holds) verified.broken.push({ alarmId: log.alarmId, chain });
    }
    const last = logs.at(-1)?.alarmId;
    logs = only || last === undefined ? [] : await reads.caseLogs(last, casesAtOnce);
  }
  return { ...verified, fingerprint: fingerprint.digest('hex') };
}
