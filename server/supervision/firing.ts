/**
 * When a device keeps firing. A frightened person presses three to six times and then waits for the voice; a button that
 * is stuck, sat upon or fed by a dying battery goes on. Five alarms of its own within ten minutes mean that each was
 * answered and closed, and it called again.
 */
export const firingLimits = {
  withinMs: 600_000,
  pressesAtLeast: 10,
  alarmsAtLeast: 5,
  /** Without a single press for this long it has stopped. */
  quietAfterMs: 3_600_000,
  /** One that goes on is noted again this often: six lines an hour on its time line, whatever it does. */
  notedEveryMs: 600_000,
};

/** A press that raised or joined an alarm. */
export type Press = { atMs: number; alarmId: string };

/** The latest presses with this one among them, as many as decide, the earliest first. */
export function withPress(presses: readonly Press[], press: Press): Press[] {
  const all = [...presses, press].toSorted((a, b) => a.atMs - b.atMs);
  return all.slice(-firingLimits.pressesAtLeast);
}

/** Whether these presses, the earliest first, came too fast for a person's hand. */
export function isFiring(presses: readonly Press[]): boolean {
  const lastMs = presses.at(-1)?.atMs ?? 0;
  const recent = presses.filter(({ atMs }) => lastMs - atMs <= firingLimits.withinMs);
  const alarms = new Set(recent.map(({ alarmId }) => alarmId));
  return recent.length >= firingLimits.pressesAtLeast || alarms.size >= firingLimits.alarmsAtLeast;
}
