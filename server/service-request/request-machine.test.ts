import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultServices } from '@carebell/contracts/default-services.ts';
import { clockOf, dueOf, isOver } from './request-clocks.ts';
import { ask, decide } from './request-machine.ts';
import type { RequestDecision, RequestInput, RequestState } from './request-state.ts';

const minute = 60_000;
const li = { id: 'li', displayName: '李' };
const zhang = { id: 'zhang', displayName: '张' };
const cab = { id: 'cab', name: '申城出租', phone: '' };
const street = { id: 'street', name: '街道' };
const { limits } = defaultServices.taxi;

const asked = (): RequestState =>
  ask({ kind: 'taxi', askedAtMs: 0, limits, alarmId: 'a', deviceId: 'd', user: null, isTaken: false }, 0)
    .state;

function after(state: RequestState, ...inputs: [RequestInput, atMs?: number][]): RequestState {
  return inputs.reduce((before, [input, atMs = 0]) => {
    const decision = decide(before, input, atMs);
    if (!decision.ok) throw new Error(decision.reason);
    return decision.state;
  }, state);
}
const reasonOf = (decision: RequestDecision): string | null => (decision.ok ? null : decision.reason);

const take: RequestInput = { type: 'take', user: li, takeOver: false };
const offer: RequestInput = { type: 'offer', user: li, provider: cab, offerId: 'o1', byPhone: false };
const accept: RequestInput = {
  type: 'offer-accepted',
  offerId: 'o1',
  forMs: null,
  note: '',
  way: 'link',
  user: null,
};
const giveBack: RequestInput = {
  type: 'offer-refused',
  offerId: 'o1',
  reason: 'no-capacity',
  note: '',
  way: 'link',
  user: null,
};
const arrange: RequestInput = { type: 'arrange', user: li, provider: null, forMs: null, note: '' };
const done: RequestInput = { type: 'done', user: li, note: '' };
const pass: RequestInput = { type: 'deadline-passed' };

describe('the clocks of a request', () => {
  it('run one after the other, from the asking and then from the time that was arranged for', () => {
    expect(clockOf(asked())).toEqual({ clock: 'taken', atMs: limits.takenMs });
    expect(clockOf(after(asked(), [take]))).toEqual({ clock: 'arranged', atMs: limits.arrangedMs });
    const forMs = 90 * minute;
    const arranged = after(asked(), [take], [{ ...arrange, forMs }]);
    expect(clockOf(arranged)).toEqual({ clock: 'done', atMs: forMs + limits.doneMs });
    expect(dueOf(after(arranged, [done]))).toBeNull();
  });

  it('that ran out are missed, whatever comes in the same moment, and told to the street every hour', () => {
    const late = decide(asked(), take, limits.takenMs);
    expect(late).toMatchObject({ state: { phase: 'taken', missed: ['taken'] } });
    const first = decide(after(asked(), [take]), pass, limits.arrangedMs);
    expect(first.ok && first.effects).toEqual([{ type: 'tell-street', clock: 'arranged', number: 1 }]);
    const state = after(asked(), [take], [pass, limits.arrangedMs]);
    expect(dueOf(state)).toEqual({ what: 'arranged', atMs: limits.arrangedMs + 60 * minute });
    expect(decide(state, pass, limits.arrangedMs + minute)).toMatchObject({ effects: [] });
    expect(decide(state, pass, limits.arrangedMs + 60 * minute)).toMatchObject({ effects: [{ number: 2 }] });
  });
});

describe('a provider', () => {
  it('who gives it back leaves it to be arranged anew; who is replaced need not come', () => {
    const accepted = after(asked(), [take], [offer], [accept]);
    expect(accepted).toMatchObject({ phase: 'arranged', arranged: { offerId: 'o1' } });
    expect(after(accepted, [giveBack])).toMatchObject({ phase: 'taken', arranged: null });
    const other = decide(accepted, arrange, minute);
    expect(other.ok && other.effects).toContainEqual({
      type: 'withdraw-from-provider',
      offerId: 'o1',
      provider: cab,
      isComing: true,
    });
  });

  it('who answers twice, or after the time, changes nothing', () => {
    const accepted = after(asked(), [take], [offer], [accept]);
    expect(decide(accepted, accept, minute)).toMatchObject({ steps: [], effects: [] });
    const waiting = after(asked(), [take], [offer]);
    expect(reasonOf(decide(waiting, accept, limits.answerMs))).toBe('no-offer');
    expect(after(waiting, [pass, limits.answerMs])).toMatchObject({ offer: null, phase: 'taken' });
  });
});

describe('any history of a request', () => {
  const inputs = fc.constantFrom<RequestInput>(
    take,
    { type: 'take', user: zhang, takeOver: true },
    { type: 'release', user: li },
    { type: 'note', user: li, note: 'x' },
    offer,
    accept,
    giveBack,
    { type: 'withdraw-offer', user: li, note: '' },
    arrange,
    { type: 'hand-over', user: li, from: null, to: street, note: '' },
    { type: 'hand-over-accepted', user: zhang, note: '' },
    { type: 'hand-over-declined', user: zhang, note: '' },
    done,
    { type: 'provider-done', offerId: 'o1', way: 'link', note: '' },
    { type: 'feedback', user: li, score: 4, note: '' },
    { type: 'refuse', user: li, reason: 'no-provider', note: '' },
    { type: 'cancel', user: li, reason: 'resident-withdrew', note: '' },
    { type: 'reopen', user: li, note: '' },
    pass,
  );

  it('leaves it with something due until it is over, and over with nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(inputs, fc.nat(90 * minute)), { maxLength: 40 }), (history) => {
        let state = asked();
        let nowMs = 0;
        for (const [input, afterMs] of history) {
          nowMs += afterMs;
          const decision = decide(state, input, nowMs);
          if (!decision.ok) continue;
          ({ state } = decision);
          const due = dueOf(state);
          expect(isOver(state)).toBe(due === null);
          expect(isOver(state)).toBe(state.endedAtMs !== null);
          expect(state.owner === null).toBe(state.phase === 'asked');
          if (input.type === 'deadline-passed' && due) expect(due.atMs).toBeGreaterThan(nowMs);
          expect(new Set(state.missed).size).toBe(state.missed.length);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
