import type { AlarmView } from '@carebell/contracts/alarm-view.ts';

/** The shifts of care stations begin at these hours; the one that is running is a good first guess. */
const shiftHours = [0, 8, 16];

/** The beginning of the shift that runs now, by this computer's clock. */
export function shiftBegan(now: Date): Date {
  const hour = shiftHours.findLast((begin) => begin <= now.getHours()) ?? 0;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate(), hour);
}

/** What an `<input type="datetime-local">` holds. */
export function toLocalInput(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Closed at or after the given moment, the latest first. */
export function closedSince(alarms: readonly AlarmView[], since: number): AlarmView[] {
  const closedAt = (alarm: AlarmView) => (alarm.closedAt === null ? Number.NaN : Date.parse(alarm.closedAt));
  return alarms
    .filter((alarm) => closedAt(alarm) >= since)
    .toSorted((one, other) => closedAt(other) - closedAt(one));
}
