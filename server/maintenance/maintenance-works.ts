import type { FirmwareType, JobProof } from '@carebell/contracts/maintenance.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import type { JobKey, JobRecord } from './maintenance-store.ts';

/** Whoever asks was shown the job, so that it is there; `stationId` is where. */
type Call = JobKey & { actorId: string; stationId: string | null; percent: number | null };

const notesAtMost = 50;

export async function takeJob(tx: Transaction, call: Call & { takeOver: boolean }): Promise<RegistryOutcome> {
  const job = await jobFor(tx, call);
  const { actorId } = call;
  if (job.takenBy === actorId) return { ok: true, id: job.jobId };
  if (job.takenBy !== null && !call.takeOver) return refused('changed-meanwhile', 'taken');
  await tx.maintenance.saveJob({ ...job, takenBy: actorId, takenAtMs: tx.nowMs });
  await record(tx, 'job-taken', job, actorId);
  return { ok: true, id: job.jobId };
}

export async function releaseJob(tx: Transaction, call: Call): Promise<RegistryOutcome> {
  const job = await tx.maintenance.openJob(call);
  if (!job || job.takenBy !== call.actorId) return refused('not-found', 'id');
  await tx.maintenance.saveJob({ ...job, takenBy: null, takenAtMs: null });
  await record(tx, 'job-released', job, call.actorId);
  return { ok: true, id: job.jobId };
}

export async function noteJob(tx: Transaction, call: Call & { text: string }): Promise<RegistryOutcome> {
  const job = await jobFor(tx, call);
  const { actorId, text } = call;
  const notes = [...job.notes, { atMs: tx.nowMs, by: actorId, text }].slice(-notesAtMost);
  await tx.maintenance.saveJob({ ...job, notes });
  await record(tx, 'job-noted', job, actorId);
  return { ok: true, id: job.jobId };
}

/** What the hub has seen done; nobody ticks a job off by hand. */
export async function finishJobs(
  tx: Transaction,
  finished: readonly { jobId: string; proof: JobProof }[],
): Promise<void> {
  for (const { jobId, proof } of finished) {
    const job = await tx.maintenance.job(jobId);
    if (!job || job.doneAtMs !== null) continue;
    await tx.maintenance.saveJob({ ...job, doneAtMs: tx.nowMs, doneBy: proof });
    await record(tx, 'job-done', job, job.takenBy ?? 'hub', [proof]);
  }
}

export async function wishFirmware(
  tx: Transaction,
  call: {
    actorId: string;
    scope: Scope;
    organisationId: string;
    type: FirmwareType;
    version: string | null;
  },
): Promise<RegistryOutcome> {
  const { actorId, scope, organisationId, type, version } = call;
  const organisation = await tx.registry.organisation(organisationId);
  if (!organisation || !covers(scope, organisationId)) return refused('reference-unknown', 'organisationId');
  await tx.maintenance.wish({ organisationId, type, version, by: actorId, atMs: tx.nowMs });
  await appendRegistryEntry(tx, {
    kind: 'firmware-wished',
    id: organisationId,
    actorId,
    fields: [type],
    stationId: organisation.level === 'station' ? organisationId : null,
  });
  return { ok: true, id: organisationId };
}

async function jobFor(tx: Transaction, { kind, of, id, stationId, percent }: Call): Promise<JobRecord> {
  const open = await tx.maintenance.openJob({ kind, of, id });
  if (open) return open;
  return {
    kind,
    of,
    id,
    stationId,
    jobId: tx.newId(),
    openedAtMs: tx.nowMs,
    percent,
    takenBy: null,
    takenAtMs: null,
    notes: [],
    doneAtMs: null,
    doneBy: null,
  };
}

async function record(
  tx: Transaction,
  kind: string,
  job: JobRecord,
  actorId: string,
  more: readonly string[] = [],
): Promise<void> {
  const { id, stationId } = job;
  await appendRegistryEntry(tx, {
    kind,
    id,
    actorId,
    deviceId: id,
    stationId,
    fields: [job.kind, ...more],
  });
}

export const jobWorks = { takeJob, releaseJob, noteJob, finishJobs, wishFirmware };
