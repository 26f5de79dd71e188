import type { ChainReport } from '@carebell/contracts/chain.ts';
import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import type { CommissioningFile, CommissioningReads } from './commissioning-reads.ts';
import { evaluate } from './evaluate.ts';
import type { Heard } from './evaluate.ts';
import { doubtOf } from './retest.ts';
import { specOf } from './settled.ts';

/** Whoever presses looks at the telephone: it says so about as fast as the press is shown on a wall. */
const lookEveryMs = 1_000;
/** Nobody waits for a mark; it is a work list. */
const retestEveryMs = 5_000;
/** How much of the journal is looked through again and again before it is noted that nothing was in it. */
const readAnewAtMost = 5_000;

export type FollowPorts = {
  commit: Gate['commit'];
  reads: CommissioningReads;
  /** The last hour of the synthetic event. */
  chain(): Pick<ChainReport, 'runs'>;
};

/** What was heard of each device of an open commissioning. */
export async function heardOf(
  { reads, chain }: Pick<FollowPorts, 'reads' | 'chain'>,
  { record, devices }: CommissioningFile,
): Promise<Map<string, Heard>> {
  const feedMs = chain().runs.findLast(({ hops }) => hops.feed !== undefined)?.hops.feed ?? null;
  const heard = new Map<string, Heard>();
  for (const { id } of devices) {
    const since = { seq: record.startedSeq, atMs: record.startedAtMs, exceptUserId: record.startedBy };
    heard.set(id, { ...(await reads.heard(id, since)), feedMs });
  }
  return heard;
}

/** Enters what was passed since; true if anything was. */
export async function follow(ports: FollowPorts, id: string): Promise<boolean> {
  const file = await ports.reads.file(id);
  if (file?.record.state !== 'open') return false;
  const heard = await heardOf(ports, file);
  const passed = file.checks.flatMap((check) => {
    const device = file.devices.find((one) => one.id === check.deviceId);
    const spec = device && specOf(device.type, check.key);
    const known = heard.get(check.deviceId);
    if (check.passedAtMs !== null || !spec || !known) return [];
    const { isPassed, evidence } = evaluate(spec, check, known);
    const { deviceId, key, sinceMs } = check;
    return isPassed ? [{ deviceId, key, sinceMs, evidence }] : [];
  });
  return (await ports.commit('recordChecks', { id, passed })) > 0;
}

/**
 * Enters what open commissionings have passed, also while nobody looks at them, and which devices must be tested again. All
 * that is needed stands in the store, so a restart loses nothing.
 */
export function watchCommissionings(
  { gate, reads, chain }: { gate: Gate; reads: CommissioningReads; chain: FollowPorts['chain'] },
  clock: Clock,
  troubled: (event: string, error: unknown) => void,
): { stop(): void } {
  const ports = { commit: gate.commit, reads, chain };
  async function look(): Promise<void> {
    for (const id of await reads.openIds()) await follow(ports, id);
  }
  const ends = [
    clock.every(
      lookEveryMs,
      onceAtATime(look, (error) => troubled('commissionings.failed', error)),
    ),
    clock.every(
      retestEveryMs,
      onceAtATime(
        () => followRetests(ports),
        (error) => troubled('retests.failed', error),
      ),
    ),
  ];
  function onceAtATime(action: () => Promise<void>, failed: (error: unknown) => void): () => void {
    let isRunning = false;
    return () => {
      if (isRunning || gate.store().is === 'failing') return;
      isRunning = true;
      void action()
        .catch(failed)
        .finally(() => {
          isRunning = false;
        });
    };
  }
  return {
    stop() {
      for (const end of ends) end();
    },
  };
}

/** Marks what was put in doubt since, then clears what was seen: of the same moment the mark stays. */
export async function followRetests({ commit, reads }: Pick<FollowPorts, 'commit' | 'reads'>): Promise<void> {
  const { lines, fromSeq, untilSeq } = await reads.changes();
  const doubts = lines.flatMap((line) => doubtOf(line) ?? []);
  if (doubts.length > 0 || fromSeq === null || untilSeq - fromSeq > readAnewAtMost)
    await commit('markRetests', { doubts, untilSeq });
  const seen: { deviceId: string; sinceMs: number }[] = [];
  for (const retest of await reads.marked()) {
    if (await reads.saidSince(retest)) seen.push({ deviceId: retest.deviceId, sinceMs: retest.sinceMs });
  }
  if (seen.length > 0) await commit('clearRetests', seen);
}
