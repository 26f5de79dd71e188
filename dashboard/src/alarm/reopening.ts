import type { AlarmView } from '@carebell/contracts/alarm-view.ts';

/** The hub takes a closing back for as long. */
const reopenWithinMs = 600_000;

/** Whether this person may still take the closing back; `now` is the hub's clock. */
export function canReopen(
  alarm: Pick<AlarmView, 'phase' | 'owner' | 'closedAt'>,
  me: { id: string; mayCloseForOthers: boolean },
  now: number,
): boolean {
  if (alarm.phase !== 'closed' || alarm.closedAt === null) return false;
  const isMine = alarm.owner?.id === me.id;
  return (isMine || me.mayCloseForOthers) && now - Date.parse(alarm.closedAt) <= reopenWithinMs;
}
