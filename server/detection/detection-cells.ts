import type { AcknowledgedAlarm, AlarmDecision, RaisedAlarm } from '../alarm/alarm-state.ts';
import type { DetectionInput } from './detection-state.ts';

type OpenAlarm = RaisedAlarm | AcknowledgedAlarm;
type Input<T extends DetectionInput['type']> = Extract<DetectionInput, { type: T }>;

/** A rule has spoken; the latest reason is the one that is shown. */
export function notice(state: OpenAlarm, { reason }: Input<'noticed'>): AlarmDecision {
  return { ok: true, state: { ...state, reason }, steps: [{ step: 'noticed', reason }], effects: [] };
}

/** There was a sign of life, now or before. Recorded and shown, never closing: it need not be the resident's. */
export function seeLife(state: OpenAlarm, input: Input<'life-seen'>): AlarmDecision {
  const { is: step, deviceId, eventKind, happenedAt } = input;
  return { ok: true, state, steps: [{ step, deviceId, eventKind, happenedAt }], effects: [] };
}
