import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import { escalationPolicySchema } from '@carebell/contracts/escalation.ts';
import type { NewEscalationPolicy } from '@carebell/contracts/escalation.ts';
import { dueAtMs } from '../alarm/alarm-due.ts';
import { decide, raise } from '../alarm/alarm-machine.ts';
import type { AlarmDecision, AlarmInput, AlarmState, AlarmStep } from '../alarm/alarm-state.ts';
import { needsAt } from './deadlines.ts';
import type { Callee, Notice, People } from './escalation-state.ts';
import { planFor } from './plan.ts';

export const second = 1_000;
export const minute = 60 * second;

export function callee(id: string, kind: Callee['kind'] = 'contact'): Callee {
  const channels = kind === 'contact' ? [{ kind: 'sms' as const, address: id }] : [];
  return { kind, id, displayName: id, locale: 'zh-CN', isResponder: true, channels };
}

export const people: Required<Omit<People, 'root'>> & People = {
  'station-operators': [callee('li', 'user')],
  'next-station': [callee('chen', 'user')],
  street: [callee('street', 'user')],
  district: [callee('district', 'user')],
  keyholders: [callee('key')],
  family: [callee('son'), callee('daughter')],
  neighbours: [],
  volunteers: [],
};

/** One alarm before the machine alone, with a clock that goes from deadline to deadline. */
export function openCase(
  opened: {
    kind?: AlarmKind;
    policy?: Partial<NewEscalationPolicy>;
    isAlone?: boolean;
    who?: People;
    /** The hub looks at whole multiples of this. */
    lookEveryMs?: number;
  } = {},
) {
  const { kind = 'help', policy = {}, isAlone = true, who = people, lookEveryMs = 1 } = opened;
  const entered = escalationPolicySchema.parse({
    name: 'tested',
    steps: [
      { afterMs: 0, recipients: ['station-operators'] },
      { afterMs: 30 * second, recipients: ['next-station', 'keyholders'] },
      { afterMs: 60 * second, recipients: ['street', 'district'] },
    ],
    repeatEveryMs: 2 * minute,
    acknowledgementExpiresAfterMs: 5 * minute,
    remindEveryMs: 4 * minute,
    deadlines: {
      answeredWithinMs: 60 * second,
      onSiteWithinMs: { centre: 15 * minute, remote: 30 * minute },
      closedWithinMs: 120 * minute,
    },
    ...policy,
  });
  const plan = planFor({ kind, riskGroups: [], area: 'centre', isAlone }, [[entered]]);
  const always = { displayWithinMs: 5_000, reopenWithinMs: 600_000, plan };
  const steps: (AlarmStep & { atMs: number })[] = [];
  const notices: (Notice & { atMs: number })[] = [];
  let nowMs = 0;
  let state: AlarmState;

  function take(decision: AlarmDecision): AlarmDecision {
    if (!decision.ok) return decision;
    state = decision.state;
    steps.push(...decision.steps.map((step) => ({ ...step, atMs: nowMs })));
    for (const effect of decision.effects)
      if (effect.type === 'notify') notices.push({ ...effect, atMs: nowMs });
    return decision;
  }

  const pressed = {
    kind,
    deviceId: 'b1',
    tellsResident: true,
    pressedAtMs: 0,
    receivedAtMs: 0,
    isLate: false,
  };
  take(raise(pressed, 0, { ...always, people: who }));

  const lookAt = (atMs: number): number => Math.ceil(atMs / lookEveryMs) * lookEveryMs;

  /** Goes on to this instant, through every deadline before it. */
  function passTo(untilMs: number): void {
    let looks = 0;
    for (let due = dueAtMs(state); due !== null && lookAt(due) <= untilMs; due = dueAtMs(state)) {
      nowMs = Math.max(nowMs, lookAt(due));
      const isHeld = state.phase === 'acknowledged';
      const groups = state.escalation ? needsAt(state.escalation, isHeld, nowMs).groups : [];
      const known = Object.fromEntries(
        groups.map((group) => [group, group === 'owner' ? [] : (who[group] ?? [])]),
      );
      take(decide(state, { type: 'deadline-passed' }, nowMs, { ...always, people: known }));
      looks = dueAtMs(state) === due ? looks + 1 : 0;
      if (looks > 20) throw new Error(`the same is due at ${due} for ever: ${JSON.stringify(state)}`);
    }
    nowMs = untilMs;
  }

  return {
    passTo,
    at(untilMs: number, input: AlarmInput): AlarmDecision {
      passTo(untilMs);
      return take(decide(state, input, nowMs, always));
    },
    state: () => state,
    /** The steps of these kinds as `seconds kind`. */
    lines: (...kinds: AlarmStep['step'][]) =>
      steps.filter(({ step }) => kinds.includes(step)).map(({ atMs, step }) => `${atMs / second} ${step}`),
    steps,
    /** Who was told, as `seconds name`. */
    told: () => notices.flatMap(({ atMs, callees }) => callees.map(({ id }) => `${atMs / second} ${id}`)),
    notices,
  };
}
