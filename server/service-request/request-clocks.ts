import type { RequestClock, RequestDue } from '@carebell/contracts/service-kinds.ts';
import type { RequestEffect, RequestState, RequestStep } from './request-state.ts';

/** An hour after the street was told of something missed it is told again, until it has happened or the request is over. */
const remindEveryMs = 3_600_000;

export function isOver({ phase }: Pick<RequestState, 'phase'>): boolean {
  return phase === 'done' || phase === 'refused' || phase === 'cancelled';
}

/** Which clock runs now, and until when; `undefined` once it is over. */
export function clockOf(state: RequestState): { clock: RequestClock; atMs: number } | undefined {
  const { askedAtMs, wishedAtMs, limits } = state;
  switch (state.phase) {
    case 'asked':
      return { clock: 'taken', atMs: askedAtMs + limits.takenMs };
    case 'taken':
      return { clock: 'arranged', atMs: askedAtMs + limits.arrangedMs };
    case 'arranged': {
      const fromMs = state.arranged?.forMs ?? wishedAtMs ?? state.arrangedAtMs ?? askedAtMs;
      return { clock: 'done', atMs: fromMs + limits.doneMs };
    }
    default:
      return undefined;
  }
}

/** What is due next, and when. */
export function dueOf(state: RequestState): { what: RequestDue; atMs: number } | null {
  if (isOver(state)) return null;
  const clock = clockOf(state);
  const dues: { what: RequestDue; atMs: number }[] = [];
  if (clock && !state.missed.includes(clock.clock)) dues.push({ what: clock.clock, atMs: clock.atMs });
  else if (clock && state.remind) dues.push({ what: clock.clock, atMs: state.remind.atMs });
  if (state.offer) dues.push({ what: 'offer', atMs: state.offer.dueAtMs });
  if (state.handOver) dues.push({ what: 'hand-over', atMs: state.handOver.dueAtMs });
  return dues.toSorted((a, b) => a.atMs - b.atMs)[0] ?? null;
}

/** Where the clock that runs has run out before, as after a provider gave it back, the street is told again in an hour. */
export function withReminder(state: RequestState, nowMs: number): RequestState {
  const running = clockOf(state);
  if (!running || state.remind || !state.missed.includes(running.clock)) return state;
  return { ...state, remind: { atMs: nowMs + remindEveryMs, times: 1 } };
}

/** Enters what is due by now: clocks that ran out go to the street, and who has not answered in time is no longer waited for. */
export function passClocks(
  before: RequestState,
  nowMs: number,
): { state: RequestState; steps: RequestStep[]; effects: RequestEffect[] } {
  const steps: RequestStep[] = [];
  const effects: RequestEffect[] = [];
  let state = before;
  if (isOver(state)) return { state, steps, effects };
  if (state.offer && state.offer.dueAtMs <= nowMs) {
    const { id, provider } = state.offer;
    steps.push({ step: 'offer-lapsed', provider: { id: provider.id, name: provider.name } });
    effects.push({ type: 'withdraw-from-provider', offerId: id, provider, isComing: false });
    state = { ...state, offer: null };
  }
  if (state.handOver && state.handOver.dueAtMs <= nowMs) {
    steps.push({ step: 'hand-over-lapsed', to: state.handOver.to });
    state = { ...state, handOver: null };
  }
  const running = clockOf(state);
  if (!running || running.atMs > nowMs) return { state, steps, effects };
  const { clock, atMs: dueAtMs } = running;
  const isNew = !state.missed.includes(clock);
  if (!isNew && (state.remind === null || state.remind.atMs > nowMs)) return { state, steps, effects };
  const number = isNew ? 1 : (state.remind?.times ?? 0) + 1;
  if (isNew) steps.push({ step: 'missed', clock, dueAtMs });
  steps.push({ step: 'went-to-street', clock, number });
  effects.push({ type: 'tell-street', clock, number });
  const missed = isNew ? [...state.missed, clock] : state.missed;
  return {
    state: { ...state, missed, remind: { atMs: nowMs + remindEveryMs, times: number } },
    steps,
    effects,
  };
}
