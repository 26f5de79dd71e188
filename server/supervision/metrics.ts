import { Counter, Gauge, Registry } from 'prom-client';
import type { Gate } from '../journal/gate.ts';

export type MeasuredPorts = {
  gate: Gate;
  refusals: { totals(): ReadonlyMap<string, number> };
  board: { size(): { open: number; notStored: number } };
  screens(): number;
  broker: { counts(): Readonly<Record<string, number>> };
};

/** Prometheus text of what the hub knows of itself, gathered when it is asked for and not before. */
export function createMetrics({ gate, refusals, board, screens, broker }: MeasuredPorts): {
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
  gauge('screens', 'Screens that follow the live feed', screens);
  gauge('resident_memory_bytes', 'Memory of the process', () => process.memoryUsage.rss());
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
  return { text: () => register.metrics() };
}
