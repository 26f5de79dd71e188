import { chainEveryMs, chainHops, chainLimitMs } from '@carebell/contracts/chain.ts';
import type { ChainEvent, ChainHop, ChainReport, ChainRun, ChainState } from '@carebell/contracts/chain.ts';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';

export type ChainPorts = {
  clock: Clock;
  /** Publishes by the hub's own MQTT client. */
  publish(event: ChainEvent): void;
  /** Sends it to the screens; returns how many will answer. */
  show(event: ChainEvent, withinMs: number, answered: () => void): number;
  changed(state: ChainState): void;
  troubled(event: string, error: unknown): void;
};

/** Sooner after a failure, to see as soon as possible that it is mended. */
const retryEveryMs = 5_000;
/** An hour of them. */
const keptRuns = 3_600_000 / chainEveryMs;

type Running = { id: string; startedAtMs: number; reachedAtMs: number; run: ChainRun; next: ChainHop };

export type Chain = ReturnType<typeof watchChain>;

/** Sends a synthetic event down the way of an alarm, and times each hop of it. */
export function watchChain({ clock, publish, show, changed, troubled }: ChainPorts) {
  const runs: ChainRun[] = [];
  let state: ChainState = { is: 'starting' };
  let running: Running | null = null;
  let count = 0;
  let cancel: (() => void) | undefined;

  function begin(): void {
    count += 1;
    const id = `chain-${count}`;
    const nowMs = clock.monotonic();
    const run: ChainRun = { at: instant(clock.now()), hops: {}, screens: 0, answered: 0, brokenAt: null };
    running = { id, startedAtMs: nowMs, reachedAtMs: nowMs, run, next: 'broker' };
    runs.push(run);
    if (runs.length > keptRuns) runs.shift();
    cancel = clock.after(chainLimitMs, () => stoppedAt(id));
    publish({ id });
  }

  function reached(id: string, hop: ChainHop): boolean {
    if (running?.id !== id || running.next !== hop) return false;
    const nowMs = clock.monotonic();
    running.run.hops[hop] = nowMs - running.reachedAtMs;
    running.reachedAtMs = nowMs;
    const next = chainHops[chainHops.indexOf(hop) + 1];
    if (next !== undefined) running.next = next;
    return true;
  }

  function stoppedAt(id: string): void {
    if (running?.id !== id) return;
    const { run, next } = running;
    run.brokenAt = next;
    running = null;
    if (state.is !== 'broken' || state.hop !== next) {
      state = { is: 'broken', hop: next, since: state.is === 'broken' ? state.since : run.at };
      changed(state);
    }
    cancel = clock.after(retryEveryMs, begin);
  }

  function arrived(): void {
    const took = running === null ? 0 : clock.monotonic() - running.startedAtMs;
    running = null;
    cancel?.();
    cancel = clock.after(Math.max(0, chainEveryMs - took), begin);
    if (state.is === 'ok') return;
    state = { is: 'ok' };
    changed(state);
  }

  return {
    start: begin,
    /** The broker has handed it on. */
    taken: (id: string): void => void reached(id, 'broker'),
    /** It is committed: now the screens. Without one that answers, its way ends here. */
    stored(id: string): void {
      if (!reached(id, 'journal') || running === null) return;
      const { run } = running;
      try {
        run.screens = show({ id }, chainLimitMs, () => {
          run.answered += 1;
          if (reached(id, 'screen')) arrived();
        });
      } catch (error) {
        // A live feed that throws must not take the commit with it; the event is overdue where it stopped.
        troubled('chain.feed-failed', error);
        return;
      }
      reached(id, 'feed');
      if (run.screens === 0) arrived();
    },
    state: (): ChainState => state,
    report: (): ChainReport => ({ state, runs: [...runs], quantiles: quantilesOf(runs) }),
    stop(): void {
      running = null;
      cancel?.();
    },
  };
}

export function quantilesOf(runs: readonly ChainRun[]): ChainReport['quantiles'] {
  return chainHops.flatMap((hop) => {
    const times = runs.flatMap(({ hops }) => hops[hop] ?? []).toSorted((a, b) => a - b);
    const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))];
    const [p50, p99] = [at(0.5), at(0.99)];
    return p50 === undefined || p99 === undefined ? [] : [{ hop, p50, p99 }];
  });
}
