import type { Clock } from '../clock.ts';
import type { JobMoment } from './job-reads.ts';

/** Batteries last months; that one will be flat is known early enough. */
const foreseenAgainAfterMs = 300_000;

export type MomentPorts = {
  clock: Pick<Clock, 'now'>;
  /** Batteries that will be flat soon, or are low, at these stations. */
  dueBatteries(
    stationIds: readonly string[] | 'all',
  ): Promise<readonly { deviceId: string; emptyAt: string | null }[]>;
};

/** Gathers what the jobs follow from; what is foreseen of batteries is kept for some minutes. */
export function createJobMoments({ clock, dueBatteries }: MomentPorts) {
  const foreseen = new Map<string, { atMs: number; forecasts: JobMoment['forecasts'] }>();

  return async (stationIds: readonly string[] | 'all'): Promise<JobMoment> => {
    const nowMs = clock.now();
    const key = stationIds === 'all' ? 'all' : stationIds.join(' ');
    const known = foreseen.get(key);
    if (known && nowMs - known.atMs < foreseenAgainAfterMs) return { nowMs, forecasts: known.forecasts };
    const due = await dueBatteries(stationIds);
    const forecasts = due.map(({ deviceId, emptyAt }) => ({
      deviceId,
      emptyAtMs: emptyAt === null ? null : Date.parse(emptyAt),
    }));
    foreseen.set(key, { atMs: nowMs, forecasts });
    return { nowMs, forecasts };
  };
}
export type JobMoments = ReturnType<typeof createJobMoments>;
