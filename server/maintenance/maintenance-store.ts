import type { JobKind, JobProof } from '@carebell/contracts/maintenance.ts';
import type { SupervisedKind } from '@carebell/contracts/supervision.ts';

export type JobKey = { kind: JobKind; of: SupervisedKind; id: string };

/** A job that somebody has taken or noted something of. Instants are milliseconds since the epoch. */
export type JobRecord = JobKey & {
  jobId: string;
  stationId: string | null;
  openedAtMs: number;
  /** Of the battery when somebody undertook to change it. */
  percent: number | null;
  takenBy: string | null;
  takenAtMs: number | null;
  notes: readonly { atMs: number; by: string; text: string }[];
  doneAtMs: number | null;
  doneBy: JobProof | null;
};

export type MaintenanceStore = {
  /** Writes only what is another version than before. */
  noteFirmware(of: SupervisedKind, id: string, version: string, atMs: number): Promise<void>;
  /** `null` takes the wish back. */
  wish(wish: {
    organisationId: string;
    type: string;
    version: string | null;
    by: string;
    atMs: number;
  }): Promise<void>;
  openJob(key: JobKey): Promise<JobRecord | undefined>;
  job(jobId: string): Promise<JobRecord | undefined>;
  saveJob(job: JobRecord): Promise<void>;
};
