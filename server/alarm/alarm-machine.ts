import { alarmKinds, priorities } from '@carebell/contracts/alarm-kinds.ts';
import { dispositionsThatNeedANote } from '@carebell/contracts/dispositions.ts';
import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import type { OrganisationLevel } from '@carebell/contracts/roles.ts';
import type {
  AcknowledgedAlarm,
  AlarmCore,
  AlarmDecision,
  AlarmEffect,
  AlarmInput,
  AlarmState,
  AlarmStep,
  ClosedAlarm,
  RaisedAlarm,
} from './alarm-state.ts';

export type AlarmPolicy = {
  /** How long a screen may take to display a new alarm before the next level is shown it too. */
  displayWithinMs: number;
  /** How long after a closing it can be taken back. */
  reopenWithinMs: number;
};

export type RaisingEvent = {
  kind: AlarmCore['kind'];
  deviceId: string;
  /** The device has a lamp, voice or screen that reassures the resident. */
  tellsResident: boolean;
  pressedAtMs: number;
  receivedAtMs: number;
  isLate: boolean;
};

type Cell<P extends AlarmState['phase'], I extends AlarmInput['type']> = (
  state: Extract<AlarmState, { phase: P }>,
  input: Extract<AlarmInput, { type: I }>,
  nowMs: number,
  policy: AlarmPolicy,
) => AlarmDecision;

type AlarmTable = { [P in AlarmState['phase']]: { [I in AlarmInput['type']]: Cell<P, I> } };

/** A row per phase, a cell per input: a missing cell does not compile. */
const table: AlarmTable = {
  raised: {
    pressed: join,
    'cancelled-by-resident': cancel,
    displayed: (state, { user, screenId }, nowMs) =>
      state.displayedAtMs === null
        ? becomes({ ...state, displayedAtMs: nowMs, displayDeadlineAtMs: null }, [
            { step: 'displayed', user, screenId },
          ])
        : becomes(state),
    'display-overdue': widen,
    acknowledge: (state, { user }, nowMs) => {
      const { displayDeadlineAtMs: _, ...core } = state;
      return becomes(
        { ...core, phase: 'acknowledged', owner: user, acknowledgedAtMs: nowMs },
        [{ step: 'acknowledged', user }],
        reassure(state, 'answered'),
      );
    },
    'take-over': () => refuse('not-acknowledged'),
    close: () => refuse('not-acknowledged'),
    reopen: () => refuse('not-closed'),
    'reassurance-answered': reassured,
    'notification-went-on': notified,
    'responder-reported': respond,
  },
  acknowledged: {
    pressed: join,
    'cancelled-by-resident': cancel,
    displayed: (state, { user, screenId }, nowMs) =>
      state.displayedAtMs === null
        ? becomes({ ...state, displayedAtMs: nowMs }, [{ step: 'displayed', user, screenId }])
        : becomes(state),
    'display-overdue': (state) => becomes(state),
    acknowledge: (state, { user }) =>
      state.owner.id === user.id ? becomes(state) : refuse('already-acknowledged'),
    'take-over': (state, { user }, nowMs) =>
      state.owner.id === user.id
        ? refuse('own-alarm')
        : becomes({ ...state, owner: user, acknowledgedAtMs: nowMs }, [
            { step: 'taken-over', user, from: state.owner },
          ]),
    close: (state, { user, mayCloseForOthers, disposition, note }, nowMs) => {
      if (state.owner.id !== user.id && !mayCloseForOthers) return refuse('not-owner');
      if (note === '' && dispositionsThatNeedANote.has(disposition)) return refuse('note-missing');
      return becomes(
        { ...state, phase: 'closed', closedAtMs: nowMs, disposition, note },
        [{ step: 'closed', user, disposition, note }],
        reassure(state, 'closed'),
      );
    },
    reopen: () => refuse('not-closed'),
    'reassurance-answered': reassured,
    'notification-went-on': notified,
    'responder-reported': respond,
  },
  closed: {
    pressed: () => refuse('already-closed'),
    'cancelled-by-resident': () => refuse('already-closed'),
    displayed: (state) => becomes(state),
    'display-overdue': (state) => becomes(state),
    acknowledge: () => refuse('already-closed'),
    'take-over': () => refuse('already-closed'),
    close: () => refuse('already-closed'),
    reopen,
    'reassurance-answered': reassured,
    'notification-went-on': notified,
    'responder-reported': () => refuse('already-closed'),
  },
};

/** The first step of an alarm's life. */
export function raise(event: RaisingEvent, nowMs: number, policy: AlarmPolicy): AlarmDecision {
  const state: RaisedAlarm = {
    phase: 'raised',
    kind: event.kind,
    priority: alarmKinds[event.kind].priority,
    pressedAtMs: event.pressedAtMs,
    raisedAtMs: nowMs,
    lastPressedAtMs: event.pressedAtMs,
    presses: 1,
    isLate: event.isLate,
    cancelledAtMs: null,
    displayedAtMs: null,
    audience: 'station',
    deviceIds: event.tellsResident ? [event.deviceId] : [],
    displayDeadlineAtMs: nowMs + policy.displayWithinMs,
  };
  const { kind, deviceId, pressedAtMs, receivedAtMs, isLate } = event;
  return becomes(
    state,
    [{ step: 'raised', kind, deviceId, pressedAtMs, receivedAtMs, isLate }],
    reassure(state, 'received'),
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
  return cell(state, input, nowMs, policy);
}

function becomes(state: AlarmState, steps: AlarmStep[] = [], effects: AlarmEffect[] = []): AlarmDecision {
  return { ok: true, state, steps, effects };
}

function refuse(reason: Extract<AlarmDecision, { ok: false }>['reason']): AlarmDecision {
  return { ok: false, reason };
}

function reassure(state: AlarmCore, told: ReassuranceState): AlarmEffect[] {
  return state.deviceIds.map((deviceId) => ({ type: 'reassure', deviceId, state: told }));
}

/** A further press joins the open alarm; a graver kind of the same group lifts it and asks for a screen again. */
function join(
  state: RaisedAlarm | AcknowledgedAlarm,
  input: Extract<AlarmInput, { type: 'pressed' }>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const { deviceId, pressedAtMs, kind } = input;
  const priority = alarmKinds[kind].priority;
  const isLifted = priorities.indexOf(priority) < priorities.indexOf(state.priority);
  const deviceIds =
    input.tellsResident && !state.deviceIds.includes(deviceId)
      ? [...state.deviceIds, deviceId]
      : state.deviceIds;
  const joined = {
    ...state,
    deviceIds,
    presses: state.presses + 1,
    lastPressedAtMs: Math.max(state.lastPressedAtMs, pressedAtMs),
    ...(isLifted ? { kind, priority } : {}),
  };
  if (isLifted && joined.phase === 'raised') {
    joined.displayedAtMs = null;
    joined.displayDeadlineAtMs = nowMs + policy.displayWithinMs;
  }
  const told: ReassuranceState = state.phase === 'raised' ? 'received' : 'answered';
  return becomes(
    joined,
    [
      isLifted
        ? { step: 'lifted', kind, deviceId, pressedAtMs }
        : { step: 'pressed-again', deviceId, pressedAtMs },
    ],
    input.tellsResident ? [{ type: 'reassure', deviceId, state: told }] : [],
  );
}

/** Recorded and shown, never closing: who cancels may be confused, or not alone. */
function cancel(
  state: RaisedAlarm | AcknowledgedAlarm,
  { deviceId, eventKind }: Extract<AlarmInput, { type: 'cancelled-by-resident' }>,
  nowMs: number,
): AlarmDecision {
  return becomes({ ...state, cancelledAtMs: nowMs }, [
    { step: 'cancelled-by-resident', deviceId, eventKind },
  ]);
}

function widen(
  state: RaisedAlarm,
  _: Extract<AlarmInput, { type: 'display-overdue' }>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const next: Record<OrganisationLevel, OrganisationLevel | null> = {
    station: 'street',
    street: 'district',
    district: null,
  };
  const audience = next[state.audience];
  if (state.displayDeadlineAtMs === null || state.displayDeadlineAtMs > nowMs) return becomes(state);
  if (audience === null) return becomes({ ...state, displayDeadlineAtMs: null });
  return becomes({ ...state, audience, displayDeadlineAtMs: nowMs + policy.displayWithinMs }, [
    { step: 'audience-widened', audience },
  ]);
}

/** Takes a closing back, for who closed the wrong case: the alarm stands with that user as if it had not been closed. */
function reopen(
  state: ClosedAlarm,
  { user, mayCloseForOthers, closedAtMs, isAnotherOpen, note }: Extract<AlarmInput, { type: 'reopen' }>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  if (state.owner.id !== user.id && !mayCloseForOthers) return refuse('not-owner');
  if (closedAtMs !== null && closedAtMs !== state.closedAtMs) return refuse('changed-meanwhile');
  if (nowMs - state.closedAtMs > policy.reopenWithinMs) return refuse('closed-too-long');
  if (isAnotherOpen) return refuse('another-is-open');
  const { closedAtMs: _closedAt, disposition: _disposition, note: _note, ...open } = state;
  return becomes(
    { ...open, phase: 'acknowledged', owner: user },
    [{ step: 'reopened', user, note }],
    reassure(state, 'answered'),
  );
}

function reassured(
  state: AlarmState,
  { deviceId, state: told, commandId, ok, reason }: Extract<AlarmInput, { type: 'reassurance-answered' }>,
): AlarmDecision {
  return becomes(state, [
    ok
      ? { step: 'reassurance-shown', deviceId, state: told, commandId }
      : { step: 'reassurance-failed', deviceId, state: told, commandId, reason },
  ]);
}

/** What becomes of a notification changes nothing but what the time line tells, a closed alarm's too. */
function notified(
  state: AlarmState,
  { step }: Extract<AlarmInput, { type: 'notification-went-on' }>,
): AlarmDecision {
  return becomes(state, [step]);
}

/** A second press of the same button changes nothing; the first that somebody is on the way is told to the resident. */
function respond(
  state: RaisedAlarm | AcknowledgedAlarm,
  { report, responder, notificationId }: Extract<AlarmInput, { type: 'responder-reported' }>,
  nowMs: number,
): AlarmDecision {
  const before = state.responders ?? [];
  if (before.some(({ id, report: last }) => id === responder.id && last === report)) return becomes(state);
  const isFirstOnTheWay =
    report === 'on-the-way' &&
    !before.some((other) => other.report === 'on-the-way' || other.report === 'on-site');
  const responders = [
    ...before.filter(({ id }) => id !== responder.id),
    { ...responder, report, atMs: nowMs },
  ];
  return becomes(
    { ...state, responders },
    [{ step: 'responder-reported', report, responder, notificationId }],
    isFirstOnTheWay ? reassure(state, 'on-the-way') : [],
  );
}
