import { changedBatteryPercent } from '@carebell/contracts/maintenance.ts';
import type { JobKind, JobProof } from '@carebell/contracts/maintenance.ts';

/** What is known of the device or gateway of a job that is no longer asked for. */
export type AfterJob = {
  kind: JobKind;
  openedAtMs: number;
  isRegistered: boolean;
  battery: number | null;
  lastSeenAtMs: number | null;
  testedAtMs: number | null;
  isVersionWished: boolean;
};

/** By what the hub saw that a job was done. A change of the rule that asked for it proves nothing. */
export function proofOf(job: AfterJob): JobProof {
  if (!job.isRegistered) return 'out-of-service';
  const isSince = (atMs: number | null) => atMs !== null && atMs >= job.openedAtMs;
  switch (job.kind) {
    case 'battery':
      return (job.battery ?? 0) > changedBatteryPercent ? 'battery-changed' : 'no-longer-due';
    case 'silent':
    case 'never-heard':
      return isSince(job.lastSeenAtMs) ? 'heard' : 'no-longer-due';
    case 'button-test':
    case 'retest':
      return isSince(job.testedAtMs)
        ? 'button-tested'
        : isSince(job.lastSeenAtMs)
          ? 'heard'
          : 'no-longer-due';
    case 'firmware':
      return job.isVersionWished ? 'version-wished' : 'no-longer-due';
    case 'commissioning':
      return 'points-done';
  }
}
