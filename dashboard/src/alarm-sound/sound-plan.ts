import type { Priority } from '@carebell/contracts/alarm-kinds.ts';
import { priorities } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';

/** What can be heard: one pattern per priority, and one for a screen that has lost the hub. */
export type SoundPattern = Priority | 'feed-lost';

type Heard = Pick<AlarmView, 'id' | 'priority' | 'phase' | 'presses' | 'kind'>;

/** Milliseconds after which a pattern is heard again while its reason lasts. */
const repeatEveryMs = { emergency: 4_000, urgent: 7_000, service: 30_000, 'feed-lost': 15_000 } as const;

/** A screen without the hub for this long wakes whoever sits before it. */
const feedLostHeardAfterMs = 15_000;

/** The pattern that must go on sounding, if any: a person waits, or this screen is blind. */
export function lastingPattern(
  alarms: Iterable<Heard>,
  feedLostForMs: number | undefined,
): { pattern: SoundPattern; everyMs: number } | undefined {
  let isUrgentWaiting = false;
  let isServiceWaiting = false;
  for (const alarm of alarms) {
    if (alarm.phase !== 'raised') continue;
    if (alarm.priority === 'emergency') return { pattern: 'emergency', everyMs: repeatEveryMs.emergency };
    if (alarm.priority === 'urgent') isUrgentWaiting = true;
    if (alarm.priority === 'service') isServiceWaiting = true;
  }
  if (isUrgentWaiting) return { pattern: 'urgent', everyMs: repeatEveryMs.urgent };
  if (feedLostForMs !== undefined && feedLostForMs >= feedLostHeardAfterMs) {
    return { pattern: 'feed-lost', everyMs: repeatEveryMs['feed-lost'] };
  }
  if (isServiceWaiting) return { pattern: 'service', everyMs: repeatEveryMs.service };
  return undefined;
}

/**
 * The gravest thing that has just happened and deserves one sound at once: a new alarm, one lifted to a graver kind, or
 * a further press. `undefined` when the alarms are as they were, or only calmer.
 */
export function arrivalPattern(
  before: ReadonlyMap<string, Heard>,
  after: ReadonlyMap<string, Heard>,
): Priority | undefined {
  let gravest: Priority | undefined;
  for (const [id, alarm] of after) {
    const known = before.get(id);
    const isNew = known === undefined && alarm.phase === 'raised';
    const isGraver = known !== undefined && (known.kind !== alarm.kind || known.presses < alarm.presses);
    if (!isNew && !isGraver) continue;
    if (gravest === undefined || priorities.indexOf(alarm.priority) < priorities.indexOf(gravest)) {
      gravest = alarm.priority;
    }
  }
  return gravest;
}
