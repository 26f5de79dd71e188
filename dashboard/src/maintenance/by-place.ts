import type { Job } from '@carebell/contracts/maintenance.ts';

export type JobsAt = {
  key: string;
  title: string;
  dwellings: { key: string; address: string; jobs: Job[] }[];
};

/** The jobs as somebody drives: stations in the order of the list, in each its dwellings, in each its jobs. */
export function byPlace(jobs: readonly Job[], nowhere: string): JobsAt[] {
  const stations = new Map<string, JobsAt>();
  for (const job of jobs) {
    const key = job.stationId ?? '';
    const title = [job.streetName, job.stationName].filter((name) => name !== null).join(' / ');
    const station = stations.get(key) ?? { key, title, dwellings: [] };
    stations.set(key, station);
    const at = job.dwellingId ?? '';
    const known = station.dwellings.find((dwelling) => dwelling.key === at);
    if (known) known.jobs.push(job);
    else station.dwellings.push({ key: at, address: job.address ?? nowhere, jobs: [job] });
  }
  return [...stations.values()];
}
