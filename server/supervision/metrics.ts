import { getHeapSpaceStatistics } from 'node:v8';
import { Counter, Gauge, Registry } from 'prom-client';
import type { DetectionStatus } from '../detection/detection-watch.ts';
import type { FollowerStatus } from '../history/follower.ts';
import type { Gate } from '../journal/gate.ts';
import { measureNotifications } from '../notification/notification-metrics.ts';
import type { NotificationMetricPorts } from '../notification/notification-metrics.ts';
import type { Chain } from './chain.ts';
import { measureEvents } from './event-metrics.ts';

export type MeasuredPorts = {
  gate: Gate;
  refusals: { totals(): ReadonlyMap<string, number> };
  board: { size(): { open: number; notStored: number } };
  screens(): number;
  broker: { counts(): Readonly<Record<string, number>> };
  history: { status(): FollowerStatus };
  chain: Pick<Chain, 'state' | 'report'>;
  detection: { status(): DetectionStatus };
  clockOffMs(): number;
  notifications: NotificationMetricPorts['reads'];
};

/** Prometheus text of what the hub knows of itself, gathered when it is asked for and not before. */
export function createMetrics({
  gate,
  refusals,
  board,
  screens,
  broker,
  history,
  chain,
  detection,
  clockOffMs,
  notifications,
}: MeasuredPorts): {
  text(): Promise<string>;
} {
  const register = new Registry();
  const gauge = (name: string, help: string, read: () => number): void => {
    const measured: Gauge = new Gauge({
      name: `carebell_${name}`,
      help,
      registers: [],
      collect: () => {
        measured.set(read());
      },
    });
    register.registerMetric(measured);
  };
  gauge('store_ok', '1 while the hub can commit, 0 while it cannot', () =>
    gate.store().is === 'ok' ? 1 : 0,
  );
  gauge('journal_waiting', 'Works that wait for the journal', () => gate.depth());
  gauge(
    'journal_last_commit_seconds',
    'Duration of the latest commit',
    () => gate.counts().lastCommitMs / 1000,
  );
  gauge('journal_commits', 'Commits since the start', () => gate.counts().commits);
  gauge('journal_works', 'Works committed since the start', () => gate.counts().works);
  gauge('journal_failed', 'Works refused or failed since the start', () => gate.counts().failed);
  gauge('alarms_open', 'Open alarms', () => board.size().open);
  gauge('alarms_not_stored', 'Alarms on screens that are not stored', () => board.size().notStored);
  gauge('chain_ok', '1 while the synthetic event arrives, 0 while it does not', () =>
    chain.state().is === 'broken' ? 0 : 1,
  );
  const hops: Gauge = new Gauge({
    name: 'carebell_chain_hop_seconds',
    help: 'Time of the synthetic event for each hop of its way, over the last hour',
    labelNames: ['hop', 'quantile'],
    registers: [],
    collect() {
      hops.reset();
      for (const { hop, p50, p99 } of chain.report().quantiles) {
        hops.set({ hop, quantile: '0.5' }, p50 / 1_000);
        hops.set({ hop, quantile: '0.99' }, p99 / 1_000);
      }
    },
  });
  register.registerMetric(hops);
  gauge(
    'detection_lag_entries',
    'Entries of the journal that the rules have not seen yet',
    () => detection.status().lagEntries,
  );
  gauge('detection_lag_seconds', 'How far the rules are behind', () => detection.status().lagSeconds);
  gauge(
    'detection_portion_seconds',
    'How long the rules took for their latest portion of the journal, waiting included',
    () => detection.status().portionSeconds,
  );
  gauge(
    'clock_off_seconds',
    "By how much the hub's time is later than the machine's clock",
    () => clockOffMs() / 1_000,
  );
  gauge('history_ok', '1 while the store of the history takes what it is given', () =>
    history.status().failing === null ? 1 : 0,
  );
  gauge('history_lag_entries', 'Entries of the journal that the history has not yet', () => {
    const { journalSeq, cursor } = history.status();
    return Math.max(0, journalSeq - cursor);
  });
  gauge('history_lag_seconds', 'How far the history is behind', () => history.status().lagSeconds);
  gauge('history_points', 'Points written since the start', () => history.status().points);
  gauge(
    'history_refused',
    'Points that the store would not take since the start',
    () => history.status().refused,
  );
  gauge('history_retries', 'Failed attempts to write since the start', () => history.status().retries);
  gauge('screens', 'Screens that follow the live feed', screens);
  gauge('resident_memory_bytes', 'Memory of the process', () => process.memoryUsage.rss());
  gauge(
    'heap_used_bytes',
    "JavaScript objects of the hub's main thread, those that wait for a collection included",
    () => process.memoryUsage().heapUsed,
  );
  gauge(
    'heap_young_bytes',
    'Room for new JavaScript objects of the main thread: it grows with the load, and some of it is given back later',
    youngBytes,
  );
  for (const name of Object.keys(broker.counts())) {
    const snake = name.replace(/[A-Z0-9]/g, (letter) => `_${letter.toLowerCase()}`);
    gauge(`mqtt_${snake}`, `The broker's count "${name}"`, () => broker.counts()[name] ?? 0);
  }
  const counter: Counter = new Counter({
    name: 'carebell_refusals_total',
    help: 'Turned away or out of order since the start, by reason',
    labelNames: ['reason'],
    registers: [],
    collect: () => {
      counter.reset();
      for (const [reason, times] of refusals.totals()) counter.inc({ reason }, times);
    },
  });
  register.registerMetric(counter);
  measureEvents(gate, register);
  measureNotifications({ gate, reads: notifications }, register);
  return { text: () => register.metrics() };
}

/** V8's names: https://nodejs.org/api/v8.html#v8getheapspacestatistics */
const youngSpaces: ReadonlySet<string> = new Set(['new_space', 'new_large_object_space']);

function youngBytes(): number {
  return getHeapSpaceStatistics()
    .filter(({ space_name: name }) => youngSpaces.has(name))
    .reduce((sum, { physical_space_size: bytes }) => sum + bytes, 0);
}
