import type { ChainState } from '@carebell/contracts/chain.ts';
import type { StoreState } from '../journal/gate.ts';

/** Why the hub cannot do its work now; empty when it can. */
export type Readiness = { isReady: boolean; reasons: string[] };

/** Ready means: a press that arrives now is taken, stored and shown. */
export function readiness(state: {
  store: StoreState;
  isListening: boolean;
  isStopping: boolean;
  chain: ChainState;
}): Readiness {
  const reasons: string[] = [];
  if (state.isStopping) reasons.push('the hub is stopping');
  if (!state.isListening) reasons.push('devices cannot connect yet');
  if (state.store.is === 'failing') reasons.push(`the store fails: ${state.store.why}`);
  if (state.chain.is === 'broken') {
    reasons.push(
      `the synthetic event has not passed the hop "${state.chain.hop}" since ${state.chain.since}`,
    );
  }
  return { isReady: reasons.length === 0, reasons };
}
