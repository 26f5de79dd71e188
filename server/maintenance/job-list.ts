import type { Job, JobKind, JobSummary } from '@carebell/contracts/maintenance.ts';
import type { JobMoment, JobReads } from './job-reads.ts';

type Reads = Pick<JobReads, 'jobsAt'>;
type Wanted = {
  kind?: JobKind | undefined;
  stationId?: string | undefined;
  cursor?: string | undefined;
  limit: number;
};

/** Where a page ended: so many jobs of this station were on the pages before. */
type Place = { stationId: string; done: number };

/**
 * A page of jobs, station after station in the order of the summary, so that a city's list costs no more than the stations
 * that stand on the page.
 */
export async function pageOfJobs(
  reads: Reads,
  moment: JobMoment,
  summary: JobSummary['items'],
  { kind, stationId, cursor, limit }: Wanted,
): Promise<{ items: Job[]; cursor: string | null }> {
  const stations = summary
    .filter((station) => stationId === undefined || station.stationId === stationId)
    .filter(({ counts }) => kind === undefined || counts.some((count) => count.kind === kind))
    .map((station) => station.stationId);
  const from = placeOf(cursor);
  const first = from === undefined ? 0 : Math.max(0, stations.indexOf(from.stationId));
  const items: Job[] = [];
  for (const [index, station] of stations.slice(first).entries()) {
    const done = index === 0 && from?.stationId === station ? from.done : 0;
    const jobs = (await reads.jobsAt(moment, station, kind)).slice(done);
    const room = limit - items.length;
    items.push(...jobs.slice(0, room));
    if (jobs.length > room) return { items, cursor: `${station} ${done + room}` };
    const next = stations[first + index + 1];
    if (items.length === limit && next !== undefined) return { items, cursor: `${next} 0` };
  }
  return { items, cursor: null };
}

function placeOf(cursor: string | undefined): Place | undefined {
  const [stationId, done] = cursor?.split(' ') ?? [];
  const number = Number(done);
  return stationId === undefined || !Number.isSafeInteger(number) || number < 0
    ? undefined
    : { stationId, done: number };
}
