import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import { lookEvery } from '../journal/recurring-look.ts';
import { proofOf } from './job-proof.ts';
import type { JobReads } from './job-reads.ts';

const lookEveryMs = 20_000;

/** Sees which jobs that somebody has taken are done: the battery was changed, the device heard, the button pressed. */
export function watchJobs({
  gate,
  clock,
  reads,
  troubled,
}: {
  gate: Pick<Gate, 'commit' | 'store'>;
  clock: Pick<Clock, 'every' | 'now'>;
  reads: Pick<JobReads, 'settled'>;
  troubled: (event: string, error: unknown) => void;
}): { stop(): void } {
  async function look(): Promise<void> {
    // What somebody has undertaken does not follow from what is foreseen any more.
    const settled = await reads.settled({ nowMs: clock.now(), forecasts: [] });
    const finished = settled.map((job) => ({ jobId: job.jobId, proof: proofOf(job) }));
    if (finished.length > 0) await gate.commit('finishJobs', finished);
  }

  return lookEvery({
    gate,
    clock,
    everyMs: lookEveryMs,
    look,
    failed: (error) => troubled('maintenance.look-failed', error),
  });
}
