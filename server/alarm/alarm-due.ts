import { nextDeadlineMs } from '../escalation/deadlines.ts';
import { callBackDueMs } from '../handling/call-back.ts';
import type { AlarmState } from './alarm-state.ts';

/** When the hub must look at an alarm again by itself. */
export function dueAtMs(state: AlarmState): number | null {
  if (state.phase === 'closed') return null;
  const dueMs = nextDeadlineMs(state.escalation, state.phase === 'raised' ? state.displayDeadlineAtMs : null);
  const callBackMs = callBackDueMs(state);
  if (callBackMs === null) return dueMs;
  return dueMs === null ? callBackMs : Math.min(dueMs, callBackMs);
}
