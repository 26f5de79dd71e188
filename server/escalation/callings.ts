import type { Callee, Calling, EscalationPlan, EscalationStep, Notice } from './escalation-state.ts';

type Called = { callings: Calling[]; steps: EscalationStep[]; notices: Notice[] };
type Because = Extract<EscalationStep, { step: 'called' }>['because'];

/** Begins to call the people of a step: all of them, or the first of them. */
export function beginCalling(
  plan: Pick<EscalationPlan, 'calls'>,
  call: { stepKey: string; mode: Calling['mode']; people: readonly Callee[] },
  nowMs: number,
): { callings: Calling[]; notices: Notice[] } {
  const { stepKey, mode } = call;
  const reachable = call.people.filter(({ channels }) => channels.length > 0);
  const now = mode === 'in-order' ? reachable.slice(0, 1) : reachable;
  // Staff see it on their screens as well, so that only contacts are called again by an all-at-once step.
  const again = mode === 'in-order' ? reachable : reachable.filter(({ kind }) => kind === 'contact');
  const isOver = mode === 'in-order' ? again.length === 0 : again.length === 0 || plan.calls.times === 1;
  return {
    notices: now.length === 0 ? [] : [{ type: 'notify', stepKey, purpose: 'help-needed', callees: now }],
    callings: isOver
      ? []
      : [{ stepKey, mode, callees: again, calls: 1, made: 1, nextAtMs: nowMs + betweenCallsMs(plan) }],
  };
}

/** Carries out what is due of the callings. */
export function callDue(
  plan: Pick<EscalationPlan, 'calls'>,
  callings: readonly Calling[],
  nowMs: number,
): Called {
  const done: Called = { callings: [], steps: [], notices: [] };
  for (const calling of callings) {
    if (calling.nextAtMs > nowMs) {
      done.callings.push(calling);
      continue;
    }
    const isLastCall = calling.calls >= plan.calls.times;
    if (!isLastCall) callNow(done, plan, { ...calling, calls: calling.calls + 1 }, 'again', nowMs);
    else if (calling.mode === 'in-order') callNext(done, plan, calling, 'no-answer', nowMs);
  }
  return done;
}

/** This person needs no further call: in order, the next one is called at once. */
export function dropCallee(
  plan: Pick<EscalationPlan, 'calls'>,
  callings: readonly Calling[],
  { id, because }: { id: string; because: Extract<Because, 'refused' | 'not-reached'> },
  nowMs: number,
): Called {
  const done: Called = { callings: [], steps: [], notices: [] };
  for (const calling of callings) {
    if (calling.mode === 'in-order' && calling.callees[0]?.id === id) {
      callNext(done, plan, calling, because, nowMs);
      continue;
    }
    const callees = calling.callees.filter((callee) => callee.id !== id);
    if (callees.length > 0) done.callings.push({ ...calling, callees });
  }
  return done;
}

/** Somebody comes: nobody else of the same order is called, and this person nowhere again. */
export function endCallingsOf(callings: readonly Calling[], id: string): Calling[] {
  return callings.flatMap((calling) => {
    const isAmong = calling.callees.some((callee) => callee.id === id);
    if (!isAmong) return [calling];
    const callees = calling.callees.filter((callee) => callee.id !== id);
    return calling.mode === 'in-order' || callees.length === 0 ? [] : [{ ...calling, callees }];
  });
}

function callNext(
  done: Called,
  plan: Pick<EscalationPlan, 'calls'>,
  calling: Calling,
  because: Because,
  nowMs: number,
): void {
  const callees = calling.callees.slice(1);
  if (callees.length > 0) callNow(done, plan, { ...calling, callees, calls: 1 }, because, nowMs);
}

function callNow(
  done: Called,
  plan: Pick<EscalationPlan, 'calls'>,
  calling: Calling,
  because: Because,
  nowMs: number,
): void {
  const made = calling.made + 1;
  const stepKey = `${calling.stepKey}.${made}`;
  const callees = calling.mode === 'in-order' ? calling.callees.slice(0, 1) : calling.callees;
  done.steps.push({ step: 'called', stepKey, because, people: callees.map(personOf) });
  done.notices.push({ type: 'notify', stepKey, purpose: 'help-needed', callees });
  const isOver =
    calling.calls >= plan.calls.times && (calling.mode === 'all-at-once' || calling.callees.length === 1);
  if (!isOver) done.callings.push({ ...calling, made, nextAtMs: nowMs + betweenCallsMs(plan) });
}

/** Two calls within 180 s: the second after 90 s, and the next person after 180 s. */
function betweenCallsMs({ calls }: Pick<EscalationPlan, 'calls'>): number {
  return Math.round(calls.withinMs / calls.times);
}

export function personOf({ id, displayName }: { id: string; displayName: string }) {
  return { id, displayName };
}
