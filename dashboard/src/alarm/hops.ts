import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';

/** Each step with the time since the one before it; the first since the press itself. */
export function hopsOf(
  entries: readonly TimelineEntry[],
): { entry: TimelineEntry; sincePreviousMs: number }[] {
  return entries.map((entry, index) => {
    const before = entries[index - 1]?.at ?? (entry.step === 'raised' ? entry.pressedAt : entry.at);
    return { entry, sincePreviousMs: Date.parse(entry.at) - Date.parse(before) };
  });
}

/** What the resident's device has confirmed that it told, last; a queued command is no proof. */
export function latestReassurance(entries: readonly TimelineEntry[]): ReassuranceState | undefined {
  const last = entries.findLast((entry) => entry.step === 'reassurance-shown');
  return last?.step === 'reassurance-shown' ? last.state : undefined;
}
