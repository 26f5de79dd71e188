import type { AlarmView, Person } from '@carebell/contracts/alarm-view.ts';

/** What this screen has asked of the hub and is not yet answered, by alarm. */
export type PendingSteps = ReadonlyMap<string, 'acknowledge' | 'take-over' | 'close'>;

export type ShownAlarm = AlarmView & { isPending: boolean };

/**
 * The alarms as they are to be painted: with what the person has just decided, although the hub has not answered. A
 * refusal takes the pending step away, and the alarm stands again as the hub knows it.
 */
export function withPendingSteps(
  alarms: ReadonlyMap<string, AlarmView>,
  pending: PendingSteps,
  me: Person,
): ReadonlyMap<string, ShownAlarm> {
  const shown = new Map<string, ShownAlarm>();
  for (const [id, alarm] of alarms) shown.set(id, withPendingStep(alarm, pending.get(id), me));
  return shown;
}

const unchanged = new WeakMap<AlarmView, ShownAlarm>();

function withPendingStep(
  alarm: AlarmView,
  step: 'acknowledge' | 'take-over' | 'close' | undefined,
  me: Person,
): ShownAlarm {
  if (step === 'acknowledge' || step === 'take-over') {
    return { ...alarm, phase: 'acknowledged', owner: me, isPending: true };
  }
  if (step === 'close') return { ...alarm, isPending: true };
  // The same object for the same alarm lets the wall repaint only what changed.
  const known = unchanged.get(alarm);
  if (known !== undefined) return known;
  const made = { ...alarm, isPending: false };
  unchanged.set(alarm, made);
  return made;
}
