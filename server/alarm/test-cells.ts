import type { Disposition } from '@carebell/contracts/dispositions.ts';
import { replan } from '../escalation/escalation-machine.ts';
import type { Person } from '@carebell/contracts/alarm-view.ts';
import type { AcknowledgedAlarm, AlarmDecision, AlarmStep, RaisedAlarm } from './alarm-state.ts';
import { becomes, escalationOf, refuse } from './alarm-table.ts';
import type { AlarmPolicy, Input } from './alarm-table.ts';

/** Outcomes that no test has. */
const real: ReadonlySet<Disposition> = new Set<Disposition>([
  'helped-by-phone',
  'helped-on-site',
  'ambulance-called',
  'fire-service-called',
  'police-called',
  'service-arranged',
]);

/** It is none: whoever was not told of a test is told now, by the policy from its first step on. */
export function takeAsReal(
  state: RaisedAlarm | AcknowledgedAlarm,
  { user }: Input<'take-as-real'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  if (!state.test) return refuse('not-a-test');
  const { test: _, ...core } = state;
  const before = escalationOf(state, nowMs, policy);
  const isHeld = state.phase === 'acknowledged';
  const escalation = replan(before, before.plan, { sinceMs: state.pressedAtMs, isHeld }, nowMs);
  return becomes({ ...core, escalation }, [{ step: 'taken-as-real', user }]);
}

/** Whoever closes a test alarm by what was really done has taken it for real. */
export function takenAsReal(
  state: AcknowledgedAlarm,
  { user, disposition }: { user: Person; disposition: Disposition },
): { state: AcknowledgedAlarm; steps: AlarmStep[] } {
  if (!state.test || !real.has(disposition)) return { state, steps: [] };
  const { test: _, ...taken } = state;
  return { state: taken, steps: [{ step: 'taken-as-real', user }] };
}
