import { nextDeadlineMs } from '../escalation/deadlines.ts';
import type { AlarmState } from './alarm-state.ts';

/** When the hub must look at an alarm again by itself. */
export function dueAtMs(state: AlarmState): number | null {
  if (state.phase === 'closed') return null;
  return nextDeadlineMs(state.escalation, state.phase === 'raised' ? state.displayDeadlineAtMs : null);
}
