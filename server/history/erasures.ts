import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import type { FollowerStatus } from './follower.ts';
import type { HistoryPort } from './history-port.ts';

export type PendingErasure = { residentId: string; pseudonym: string };

/** A part of the journal that was looked through: which of its entries are the resident's. */
export type EntriesFound = { seqs: number[]; throughSeq: number };

export type ErasurePorts = {
  gate: Pick<Gate, 'commit' | 'depth'>;
  clock: Clock;
  history: Pick<HistoryPort, 'eraseResident'>;
  reads: {
    pendingErasures(): Promise<PendingErasure[]>;
    /** Looks through at most `limit` entries after `seq`; `null` at the end. */
    entriesOf(residentId: string, seq: number, limit: number): Promise<EntriesFound | null>;
  };
  status(): FollowerStatus;
  told(event: string, details: Readonly<Record<string, unknown>>): void;
};

const lookedThroughAtOnce = 20_000;
const erasedAtOnce = 200;

/**
 * Finishes what a deletion on request has begun, also one that a restart or an InfluxDB out of reach came between: first
 * the journal, then, when the follower has passed all that was in the journal, the event streams.
 */
export function carryOutErasures(ports: ErasurePorts): { stop(): Promise<void> } {
  const { gate, clock, history, reads, status, told } = ports;
  let running: Promise<void> | null = null;
  let isStopped = false;
  const end = clock.every(5_000, () => {
    running ??= all()
      .catch((error: unknown) => told('erasure.failed', { err: error }))
      .finally(() => {
        running = null;
      });
  });

  async function all(): Promise<void> {
    for (const erasure of await reads.pendingErasures()) {
      if (!isStopped) await carryOut(erasure);
    }
  }

  async function carryOut({ residentId, pseudonym }: PendingErasure): Promise<void> {
    let through = 0;
    for (;;) {
      const found = isStopped ? null : await reads.entriesOf(residentId, through, lookedThroughAtOnce);
      if (!found) break;
      through = found.throughSeq;
      for (let from = 0; from < found.seqs.length; from += erasedAtOnce) {
        const seqs = found.seqs.slice(from, from + erasedAtOnce);
        await gate.commit('eraseEntries', { residentId, pseudonym, seqs });
      }
    }
    const { cursor, failing } = status();
    // What the follower has read and not yet written would come after the deletion; the next turn finds it done.
    if (isStopped || failing !== null || cursor < through) return;
    await history.eraseResident(residentId);
    await gate.commit('finishErasure', { pseudonym });
    told('erasure.finished', { pseudonym });
  }

  return {
    async stop() {
      isStopped = true;
      end();
      await running;
    },
  };
}
