import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import { beginEscalation, takeStep } from '../escalation/escalation-machine.ts';
import { confirmFall, suspectFall } from '../escalation/fall-life.ts';
import { planFor, unknownSubject } from '../escalation/plan.ts';
import { becomes, reassure } from './alarm-table.ts';
import type { AlarmPolicy, AlarmRow } from './alarm-table.ts';
import type { AlarmCore, AlarmDecision, AlarmInput, AlarmState, RaisedAlarm } from './alarm-state.ts';
import { heldForCallBack, ringCallBack } from '../handling/call-back.ts';
import { closedRow } from './closed-row.ts';
import { acknowledgedRow, raisedRow } from './open-rows.ts';

export type RaisingEvent = {
  kind: AlarmCore['kind'];
  deviceId: string;
  /** The device has a lamp, voice or screen that reassures the resident. */
  tellsResident: boolean;
  pressedAtMs: number;
  receivedAtMs: number;
  isLate: boolean;
  drill?: AlarmCore['drill'];
  test?: AlarmCore['test'];
};

/** A row per phase, a cell per input: a missing cell does not compile. */
const table: { [P in AlarmState['phase']]: AlarmRow<P> } = {
  raised: raisedRow,
  acknowledged: acknowledgedRow,
  closed: closedRow,
};

/** The first step of an alarm's life, and the first of its policy if that is due at once. */
export function raise(event: RaisingEvent, nowMs: number, policy: AlarmPolicy): AlarmDecision {
  const { kind, deviceId, pressedAtMs, receivedAtMs, isLate } = event;
  const plan = policy.plan ?? planFor(unknownSubject(kind));
  const begun = beginEscalation(plan, event, nowMs);
  const suspected =
    kind === 'fall-suspected' ? suspectFall(plan, null, begun.startedAtMs) : { fall: null, steps: [] };
  const fall = kind === 'fall' ? confirmFall(plan, null, begun.startedAtMs) : suspected.fall;
  const { escalation, steps, notices } = takeStep({ ...begun, fall }, policy.people ?? {}, nowMs);
  const state: RaisedAlarm = {
    phase: 'raised',
    kind,
    priority: alarmKinds[kind].priority,
    pressedAtMs,
    raisedAtMs: nowMs,
    lastPressedAtMs: pressedAtMs,
    presses: 1,
    isLate,
    cancelledAtMs: null,
    displayedAtMs: null,
    audience: 'station',
    deviceIds: event.tellsResident ? [deviceId] : [],
    ...(event.drill ? { drill: event.drill } : {}),
    ...(event.test ? { test: event.test } : {}),
    escalation,
    displayDeadlineAtMs: nowMs + policy.displayWithinMs,
  };
  return becomes(
    state,
    [
      {
        step: 'raised',
        kind,
        deviceId,
        pressedAtMs,
        receivedAtMs,
        isLate,
        ...(event.drill ? { drill: event.drill.id } : {}),
        ...(event.test ? { test: event.test.id } : {}),
      },
      ...suspected.steps,
      ...steps,
    ],
    [...reassure(state, 'received'), ...notices],
  );
}

/** Decides what an input does to an alarm: the new state with its steps and effects, or a named refusal. */
export function decide(
  state: AlarmState,
  input: AlarmInput,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  // The table's type guarantees that the cell takes exactly this phase and this input; TypeScript cannot correlate the two unions.
  const cell = table[state.phase][input.type] as (
    state: AlarmState,
    input: AlarmInput,
    nowMs: number,
    policy: AlarmPolicy,
  ) => AlarmDecision;
  const decision = cell(state, input, nowMs, policy);
  return heldForCallBack(input.type === 'deadline-passed' ? ringCallBack(decision, nowMs) : decision);
}
