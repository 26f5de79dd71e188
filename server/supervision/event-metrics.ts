import { isEventKind } from '@carebell/contracts/event-kinds.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Gate } from '../journal/gate.ts';
import type { Work } from '../journal/journal-port.ts';
import type { Received } from '../ingest/receive.ts';

/** From an SSD's fsync to the limit after which a commit is overdue. */
const commitBuckets = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3];
/** From a press to a screen in milliseconds, to a case that stays open for a day. */
const hopBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3_600, 86_400];

type Hop = 'stored' | 'displayed' | 'acknowledged' | 'closed';

/** What the gate has done with what devices said, and how long alarms take. */
export function measureEvents(gate: Pick<Gate, 'listen' | 'counts'>, register: Registry): void {
  // Counted by hand and handed over when somebody asks: the library makes a text of the labels for each event.
  const eventCounts = new Map<string, Map<string, number>>();
  const events = new Counter({
    name: 'carebell_events_total',
    help: 'Messages of devices since the start, by kind and what became of them',
    labelNames: ['kind', 'outcome'],
    registers: [register],
    collect() {
      events.reset();
      for (const [kind, outcomes] of eventCounts) {
        for (const [outcome, times] of outcomes) events.inc({ kind, outcome }, times);
      }
    },
  });
  const commits = new Histogram({
    name: 'carebell_journal_commit_seconds',
    help: 'Time from handing a batch to the store until it is on disk',
    buckets: commitBuckets,
    registers: [register],
  });
  const hops = new Histogram({
    name: 'carebell_alarm_hop_seconds',
    help: 'Time of an alarm for each hop of its way, from the one before',
    labelNames: ['hop', 'priority'],
    buckets: hopBuckets,
    registers: [register],
  });
  /** The latest hop that was counted of each open alarm. */
  const reached = new Map<string, ReadonlySet<Hop>>();

  gate.listen({
    answered(work, error, result) {
      const kind = kindOf(work);
      if (kind === null) return;
      const outcome = outcomeOf(work, error, result);
      const outcomes = eventCounts.get(kind) ?? new Map<string, number>();
      eventCounts.set(kind, outcomes);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    },
    committed({ alarms }) {
      commits.observe(gate.counts().lastCommitMs / 1000);
      for (const alarm of alarms) countHops(alarm);
    },
  });

  function countHops(alarm: AlarmView): void {
    const times = hopTimes(alarm);
    const before = reached.get(alarm.id);
    // Of an alarm from before this start nobody knows what was counted then; it counts from its next hop.
    if (before || alarm.version <= 3) {
      for (const [hop, ms] of times) {
        if (before?.has(hop)) continue;
        hops.observe({ hop, priority: alarm.priority }, Math.max(0, ms) / 1000);
      }
    }
    if (alarm.phase === 'closed') reached.delete(alarm.id);
    else reached.set(alarm.id, new Set(times.keys()));
  }
}

function hopTimes(alarm: AlarmView): Map<Hop, number> {
  const { pressedAt, raisedAt, displayedAt, acknowledgedAt, closedAt } = alarm;
  const times = new Map<Hop, number>([['stored', Date.parse(raisedAt) - Date.parse(pressedAt)]]);
  const put = (hop: Hop, from: string, to: string | null): void => {
    if (to !== null) times.set(hop, Date.parse(to) - Date.parse(from));
  };
  put('displayed', raisedAt, displayedAt);
  put('acknowledged', displayedAt ?? raisedAt, acknowledgedAt);
  if (acknowledgedAt !== null) put('closed', acknowledgedAt, closedAt);
  return times;
}

/** A device may say any word: only those of the contract become a label. */
function kindOf({ name, input }: Work): string | null {
  switch (name) {
    case 'receiveEvent':
      return isEventKind(input.event.kind) ? input.event.kind : 'unknown';
    case 'receiveReading':
      return 'reading';
    case 'receiveHealth':
      return 'health';
    case 'receiveMalformed':
      return 'malformed';
    default:
      return null;
  }
}

function outcomeOf({ name }: Work, error: Error | null, result: unknown): string {
  if (error) return 'not-stored';
  if (name === 'receiveMalformed') return 'malformed';
  return name === 'receiveEvent' && (result as Received).isDuplicate ? 'duplicate' : 'stored';
}
