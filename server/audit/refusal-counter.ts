import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import type { Refusal } from './refusal-store.ts';

export type RefusalCounter = {
  /** `times` is how many the reporter has already counted together. */
  record(refusal: Refusal, times?: number): void;
  /** Since the start, by reason: what `/metrics` shows. */
  totals(): ReadonlyMap<string, number>;
  flush(): Promise<void>;
  stop(): void;
};

/** Past this many different subjects between two writes, further ones are counted together: an attacker must not fill memory. */
const subjectsAtMost = 2_000;

/** Counts refusals in memory and writes the counts together, so that being attacked costs little. */
export function countRefusals(gate: Gate, clock: Clock, everyMs = 1_000): RefusalCounter {
  let gathered = new Map<string, { refusal: Refusal; times: number; atMs: number }>();
  const totals = new Map<string, number>();

  function add(refusal: Refusal, times: number, atMs: number): void {
    const key = `${refusal.reason}\n${refusal.subject}`;
    const known = gathered.get(key);
    if (known) {
      known.times += times;
      known.atMs = atMs;
      known.refusal = refusal;
    } else if (gathered.size < subjectsAtMost || refusal.subject === 'many') {
      gathered.set(key, { refusal, times, atMs });
    } else {
      add({ reason: refusal.reason, subject: 'many' }, times, atMs);
    }
  }

  async function flush(): Promise<void> {
    if (gathered.size === 0 || gate.store().is === 'failing') return;
    const counted = [...gathered.values()];
    gathered = new Map();
    await gate.commit('countRefusals', counted).catch(() => {
      // The store is failing, which the gate reports; the counts wait here until it works again.
      for (const { refusal, times, atMs } of counted) add(refusal, times, atMs);
    });
  }

  const end = clock.every(everyMs, () => void flush());
  return {
    record(refusal, times = 1) {
      totals.set(refusal.reason, (totals.get(refusal.reason) ?? 0) + times);
      add(refusal, times, clock.now());
    },
    totals: () => totals,
    flush,
    stop: end,
  };
}
