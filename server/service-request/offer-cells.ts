import type { Person } from '@carebell/contracts/alarm-view.ts';
import type { ProviderWay } from '@carebell/contracts/service-kinds.ts';
import { isOver } from './request-clocks.ts';
import type { ProviderName, RequestDecision, RequestEffect, RequestState } from './request-state.ts';
import { becomes, refuse } from './request-table.ts';
import type { RequestTable } from './request-table.ts';

/** A provider is asked, answers or does not, and has done it. */
export const cellsOfOffer: Pick<
  RequestTable,
  'offer' | 'offer-accepted' | 'offer-refused' | 'withdraw-offer' | 'provider-done'
> = {
  offer: (state, { user, provider, offerId, byPhone }, nowMs) => {
    if (isOver(state)) return refuse('request-over');
    if (state.phase === 'asked') return refuse('request-not-taken');
    if (state.offer) return refuse('offer-open');
    const dueAtMs = nowMs + state.limits.answerMs;
    return becomes(
      { ...state, offer: { id: offerId, provider, atMs: nowMs, dueAtMs, byPhone } },
      [{ step: 'offered', user, provider: named(provider), offerId, byPhone, dueAtMs }],
      byPhone ? [] : [{ type: 'ask-provider', offerId, provider }],
    );
  },
  'offer-accepted': (state, { offerId, forMs, note, way, user }, nowMs) => {
    if (isOver(state)) return refuse('request-over');
    const provider = providerOf(state, offerId);
    if (!provider) return refuse('no-offer');
    const { arranged } = state;
    // The same answer once more changes nothing, a new time does.
    if (arranged?.offerId === offerId && (forMs === null || forMs === arranged.forMs)) return becomes(state);
    return arrange(state, { provider, forMs, note, offerId, way, user }, nowMs);
  },
  'offer-refused': (state, { offerId, reason, note, way, user }) => {
    if (isOver(state)) return refuse('request-over');
    const provider = providerOf(state, offerId);
    if (!provider) return refuse('no-offer');
    const step = { step: 'offer-refused', provider: named(provider), reason, note, way, user } as const;
    if (state.offer?.id === offerId) return becomes({ ...state, offer: null }, [step]);
    // Who had accepted it gives it back: it is to be arranged anew, and its clock is the one that ran.
    return becomes({ ...state, phase: 'taken', arranged: null, arrangedAtMs: null, remind: null }, [step]);
  },
  'withdraw-offer': (state, { user, note }) => {
    const { offer } = state;
    if (!offer) return refuse('no-offer');
    return becomes(
      { ...state, offer: null },
      [{ step: 'offer-withdrawn', user, provider: named(offer.provider), note }],
      [{ type: 'withdraw-from-provider', offerId: offer.id, provider: offer.provider, isComing: false }],
    );
  },
  'provider-done': (state, { offerId, way, note }, nowMs) => {
    if (isOver(state)) return refuse('request-over');
    if (state.arranged?.offerId !== offerId) return refuse('request-not-arranged');
    return becomes({ ...state, phase: 'done', endedAtMs: nowMs, remind: null, handOver: null }, [
      { step: 'done', user: null, way, note },
    ]);
  },
};

/** It is settled who comes and when. Whoever else was asked need not come. */
export function arrange(
  state: RequestState,
  by: {
    provider: ProviderName | null;
    forMs: number | null;
    note: string;
    offerId: string | null;
    way: ProviderWay | null;
    user: Person | null;
  },
  nowMs: number,
): RequestDecision {
  const { provider, forMs, note, offerId, way, user } = by;
  const closer = user ??
    state.owner ?? { id: `provider:${provider?.id ?? ''}`, displayName: provider?.name ?? '' };
  return becomes(
    {
      ...state,
      phase: 'arranged',
      owner: state.owner ?? user,
      takenAtMs: state.takenAtMs ?? nowMs,
      arrangedAtMs: state.arrangedAtMs ?? nowMs,
      arranged: { provider, forMs, note, offerId },
      offer: null,
      remind: null,
    },
    [{ step: 'arranged', provider: provider && named(provider), forMs, note, way, user }],
    [
      ...withdrawals(state, offerId),
      { type: 'close-alarm', user: closer, disposition: 'service-arranged', note: provider?.name ?? note },
    ],
  );
}

/** Whoever was asked or expects to come and is not the one who does it now. */
export function withdrawals(
  { offer, arranged }: RequestState,
  exceptOfferId: string | null,
): RequestEffect[] {
  const others: RequestEffect[] = [];
  if (offer && offer.id !== exceptOfferId)
    others.push({
      type: 'withdraw-from-provider',
      offerId: offer.id,
      provider: offer.provider,
      isComing: false,
    });
  if (arranged?.provider && arranged.offerId !== null && arranged.offerId !== exceptOfferId)
    others.push({
      type: 'withdraw-from-provider',
      offerId: arranged.offerId,
      provider: arranged.provider,
      isComing: true,
    });
  return others;
}

function providerOf({ offer, arranged }: RequestState, offerId: string): ProviderName | null {
  if (offer?.id === offerId) return offer.provider;
  return arranged?.offerId === offerId ? arranged.provider : null;
}

function named({ id, name }: ProviderName): { id: string; name: string } {
  return { id, name };
}
