import { priorities } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { isRestored } from '@carebell/contracts/restored.ts';

type Ordered = Pick<AlarmView, 'id' | 'priority' | 'phase' | 'pressedAt' | 'drillId'> &
  Partial<Pick<AlarmView, 'cancelledAt' | 'lastPressedAt'>>;

/** By priority, service requests below all alarms, drills below everything real that is emergency or urgent; within one those that wait for someone first; then the longest waiting first. */
export function urgencyOrder(a: Ordered, b: Ordered): number {
  const [placeA, placeB] = [placeOf(a), placeOf(b)];
  if (placeA.rank !== placeB.rank) return placeA.rank - placeB.rank;
  if (a.phase !== b.phase) return a.phase === 'raised' ? -1 : 1;
  return placeA.pressedMs - placeB.pressedMs || (a.id < b.id ? -1 : 1);
}

/** The first of those that count, without putting all in order. */
export function mostUrgent<T extends Ordered>(
  alarms: ReadonlyMap<string, T>,
  counts: (alarm: T) => boolean,
): T | undefined {
  let first: T | undefined;
  for (const alarm of alarms.values()) {
    if (counts(alarm) && (first === undefined || urgencyOrder(alarm, first) < 0)) first = alarm;
  }
  return first;
}

type Place = { rank: number; pressedMs: number };
const places = new WeakMap<Ordered, Place>();

/** Found once for each alarm: a wall of thousands is put in order at every change. */
function placeOf(alarm: Ordered): Place {
  const known = places.get(alarm);
  if (known !== undefined) return known;
  const place = { rank: rankOf(alarm), pressedMs: Date.parse(alarm.pressedAt) };
  places.set(alarm, place);
  return place;
}

/** Practice never stands in the way of somebody who needs help, and equipment that is well again not in that of what is broken. */
function rankOf(alarm: Ordered): number {
  const { priority, drillId, phase, pressedAt, cancelledAt = null, lastPressedAt = pressedAt } = alarm;
  if (drillId !== undefined) return priorities.indexOf(priority) + priorities.indexOf('urgent') + 0.5;
  // What rings for a service never stands before an alarm, not even before one of equipment.
  if (priority === 'service') return priorities.length;
  return (
    priorities.indexOf(priority) + (isRestored({ priority, phase, cancelledAt, lastPressedAt }) ? 0.25 : 0)
  );
}

/**
 * The order while a hand is on its way to a row: every row stays where it is, ended ones included, and new alarms come
 * after the last. It lasts a moment only; the sound does not wait for it.
 */
export function heldOrder(shownIds: readonly string[], alarms: ReadonlyMap<string, Ordered>): string[] {
  const known = new Set(shownIds);
  const arrived = [...alarms.values()].filter((alarm) => !known.has(alarm.id)).toSorted(urgencyOrder);
  return [...shownIds, ...arrived.map((alarm) => alarm.id)];
}

/** The row to which ↑ or ↓ leads; from nowhere ↓ leads to the first and ↑ to the last. */
export function neighbourOf(
  ids: readonly string[],
  selected: string | undefined,
  step: 1 | -1,
): string | undefined {
  const from = selected === undefined ? -1 : ids.indexOf(selected);
  if (from === -1) return step === 1 ? ids[0] : ids.at(-1);
  return ids[Math.min(ids.length - 1, Math.max(0, from + step))];
}

/**
 * Which alarm `A` means. A selected alarm that has just ended means none: the press was aimed at it, not at whatever
 * is the most urgent now.
 */
export function alarmToAcknowledge<T extends Ordered>(
  alarms: ReadonlyMap<string, T>,
  selected: string | undefined,
): { ok: true; alarm: T } | { ok: false; reason: 'selected-gone' | 'none-waiting' } {
  if (selected !== undefined) {
    const alarm = alarms.get(selected);
    return alarm === undefined ? { ok: false, reason: 'selected-gone' } : { ok: true, alarm };
  }
  const first = mostUrgent(alarms, (alarm) => alarm.phase === 'raised');
  return first === undefined ? { ok: false, reason: 'none-waiting' } : { ok: true, alarm: first };
}
