import type { Person } from '@carebell/contracts/alarm-view.ts';
import type { ServiceLimits } from '@carebell/contracts/service-catalogue.ts';
import type { ServiceKind } from '@carebell/contracts/service-kinds.ts';
import { isOver, passClocks, withReminder } from './request-clocks.ts';
import { arrange, cellsOfOffer, withdrawals } from './offer-cells.ts';
import { cellsOfHandOver } from './hand-over-cells.ts';
import { becomes, refuse } from './request-table.ts';
import type { Cell, RequestTable } from './request-table.ts';
import type { RequestDecision, RequestInput, RequestState } from './request-state.ts';

export type Asking = {
  kind: ServiceKind;
  askedAtMs: number;
  limits: ServiceLimits;
  alarmId: string | null;
  deviceId: string | null;
  /** Who entered a call by telephone. */
  user: Person | null;
  isTaken: boolean;
  details?: Readonly<Record<string, string>>;
  note?: string;
  wishedAtMs?: number | null;
  test?: { id: string };
};

/** The first steps of a request's life. */
export function ask(asking: Asking, nowMs: number): Extract<RequestDecision, { ok: true }> {
  const { kind, askedAtMs, limits, alarmId, deviceId, user, isTaken, test } = asking;
  const askedBy = user ? 'phone' : 'press';
  const owner = isTaken ? user : null;
  return {
    ok: true,
    state: {
      phase: owner ? 'taken' : 'asked',
      kind,
      askedBy,
      askedAtMs,
      presses: user ? 0 : 1,
      wishedAtMs: asking.wishedAtMs ?? null,
      details: asking.details ?? {},
      note: asking.note ?? '',
      ...(test ? { test } : {}),
      limits,
      owner,
      takenAtMs: owner ? nowMs : null,
      arrangedAtMs: null,
      endedAtMs: null,
      told: null,
      offer: null,
      arranged: null,
      handOver: null,
      missed: [],
      remind: null,
      reason: null,
      feedback: null,
    },
    steps: [
      { step: 'asked', kind, askedBy, askedAtMs, alarmId, deviceId, user },
      ...(owner ? [{ step: 'taken' as const, user: owner }] : []),
    ],
    effects: [],
  };
}

const take: Cell<'take'> = (state, { user, takeOver }, nowMs) => {
  if (isOver(state)) return refuse('request-over');
  const { owner } = state;
  if (owner?.id === user.id) return becomes(state);
  if (owner && !takeOver) return refuse('request-taken');
  if (owner)
    return becomes(
      { ...state, owner: user },
      [{ step: 'taken-over', user, from: owner }],
      [{ type: 'answer-alarm', user, takeOver: true }],
    );
  const phase = state.phase === 'asked' ? 'taken' : state.phase;
  return becomes(
    { ...state, phase, owner: user, takenAtMs: state.takenAtMs ?? nowMs, remind: null },
    [{ step: 'taken', user }],
    [{ type: 'answer-alarm', user, takeOver: false }],
  );
};

const end = (
  state: RequestState,
  input: Extract<RequestInput, { type: 'refuse' | 'cancel' }>,
  nowMs: number,
): RequestDecision => {
  const { user, reason, note } = input;
  if (isOver(state)) return refuse('request-over');
  if (reason === 'other' && note === '') return refuse('note-missing');
  const isTest = reason === 'test';
  return becomes(
    {
      ...state,
      phase: input.type === 'refuse' ? 'refused' : 'cancelled',
      owner: state.owner ?? user,
      endedAtMs: nowMs,
      reason,
      offer: null,
      handOver: null,
      remind: null,
    },
    [
      input.type === 'refuse'
        ? { step: 'refused', user, reason: input.reason, note }
        : { step: 'cancelled', user, reason: input.reason, note },
    ],
    [
      ...withdrawals(state, null),
      {
        type: 'close-alarm',
        user,
        disposition: isTest ? 'test' : 'other',
        note: note === '' ? reason : note,
      },
    ],
  );
};

/** A cell per input: a missing one does not compile. */
const table: RequestTable = {
  'pressed-again': (state, { deviceId }) =>
    becomes({ ...state, presses: state.presses + 1 }, [{ step: 'pressed-again', deviceId }]),
  take,
  release: (state, { user }) =>
    state.phase === 'taken' && state.owner
      ? becomes({ ...state, phase: 'asked', owner: null }, [{ step: 'released', user }])
      : becomes(state),
  change: (state, { user, details, note, wishedAtMs }) => {
    if (isOver(state)) return refuse('request-over');
    const changed = {
      ...state,
      details: details ?? state.details,
      note: note ?? state.note,
      wishedAtMs: wishedAtMs === undefined ? state.wishedAtMs : wishedAtMs,
    };
    const fields = [
      ...Object.keys(changed.details).filter((key) => changed.details[key] !== state.details[key]),
      ...(changed.note === state.note ? [] : ['note']),
      ...(changed.wishedAtMs === state.wishedAtMs ? [] : ['wishedAt']),
    ];
    return fields.length === 0 ? becomes(state) : becomes(changed, [{ step: 'changed', user, fields }]);
  },
  note: (state, { user, note }) => becomes(state, [{ step: 'noted', user, note }]),
  told: (state, { deviceId, state: shown, ok, reason }, nowMs) =>
    ok
      ? becomes({ ...state, told: { state: shown, atMs: nowMs } }, [
          { step: 'resident-told', deviceId, state: shown },
        ])
      : becomes(state, [{ step: 'resident-not-told', deviceId, state: shown, reason }]),
  ...cellsOfOffer,
  ...cellsOfHandOver,
  arrange: (state, { user, provider, forMs, note }, nowMs) => {
    if (isOver(state)) return refuse('request-over');
    if (state.phase === 'asked') return refuse('request-not-taken');
    return arrange(state, { provider, forMs, note, offerId: null, way: null, user }, nowMs);
  },
  done: (state, { user, note }, nowMs) => {
    if (isOver(state)) return refuse('request-over');
    if (state.phase !== 'arranged') return refuse('request-not-arranged');
    return becomes({ ...state, phase: 'done', endedAtMs: nowMs, remind: null, handOver: null }, [
      { step: 'done', user, way: null, note },
    ]);
  },
  feedback: (state, { user, score, note }, nowMs) =>
    state.phase === 'done'
      ? becomes(
          { ...state, feedback: { score, note, atMs: nowMs } },
          [{ step: 'feedback', user, score, note }],
          [{ type: 'answer-follow-up', user, score, note }],
        )
      : refuse('request-not-done'),
  refuse: end,
  cancel: end,
  reopen: (state, { user, note }) => {
    if (state.phase === 'asked' || state.phase === 'taken') return becomes(state);
    if (state.phase === 'done') return becomes(state);
    const { missed } = state;
    return becomes(
      {
        ...state,
        phase: 'taken',
        owner: user,
        arranged: null,
        arrangedAtMs: null,
        endedAtMs: null,
        reason: null,
        missed: missed.filter((clock) => clock !== 'done'),
      },
      [{ step: 'reopened', user, note }],
    );
  },
  'taken-as-real': (state) => {
    const { test: _, ...real } = state;
    return becomes(real);
  },
  'deadline-passed': (state, _, nowMs) => ({ ok: true, ...passClocks(state, nowMs) }),
  'message-went-on': (state, { step }) => becomes(state, [step]),
};

/** Decides what an input does to a request: the new state with its steps and effects, or a named refusal. */
export function decide(state: RequestState, input: RequestInput, nowMs: number): RequestDecision {
  // The table's type guarantees that the cell takes exactly this input; TypeScript cannot correlate the two.
  const cell = table[input.type] as (
    state: RequestState,
    input: RequestInput,
    nowMs: number,
  ) => RequestDecision;
  const isClock = input.type === 'deadline-passed' || input.type === 'message-went-on';
  // What ran out before is missed, whatever comes now: it cannot be met afterwards.
  const settled = isClock ? { state, steps: [], effects: [] } : passClocks(state, nowMs);
  const decision = cell(settled.state, input, nowMs);
  if (!decision.ok) return decision;
  return {
    ...decision,
    state: withReminder(decision.state, nowMs),
    steps: [...settled.steps, ...decision.steps],
    effects: [...settled.effects, ...decision.effects],
  };
}
