import type { FirmwareReport, Job, JobKind, JobSummary } from '@carebell/contracts/maintenance.ts';
import type { AfterJob } from './job-proof.ts';
import type { JobKey } from './maintenance-store.ts';

/** What the jobs of a moment follow from, beside the records themselves. */
export type JobMoment = {
  nowMs: number;
  /** Batteries that will be flat soon. */
  forecasts: readonly { deviceId: string; emptyAtMs: number | null }[];
};

export type FirmwareWish = { organisationId: string; type: string; version: string };

export type JobReads = {
  wishes(): Promise<FirmwareWish[]>;
  jobCounts(moment: JobMoment, stationIds: readonly string[] | 'all'): Promise<JobSummary['items']>;
  /** All of one station, by address. */
  jobsAt(moment: JobMoment, stationId: string, kind?: JobKind): Promise<Job[]>;
  job(moment: JobMoment, key: JobKey): Promise<Job | undefined>;
  /** All of one device or gateway. */
  jobsOf(moment: JobMoment, id: string): Promise<Job[]>;
  jobsTakenBy(moment: JobMoment, userId: string): Promise<Job[]>;
  doneJobs(query: {
    stationIds: readonly string[] | 'all';
    userId?: string | undefined;
    id?: string | undefined;
    beforeMs: number | null;
    limit: number;
  }): Promise<Job[]>;
  /** Jobs that somebody took and nothing asks for any more. */
  settled(moment: JobMoment): Promise<(AfterJob & { jobId: string })[]>;
  versions(stationIds: readonly string[] | 'all'): Promise<FirmwareReport['versions']>;
};
