import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { AlarmState } from '../alarm/alarm-state.ts';
import { instant } from '../clock.ts';
import { proofsOf } from './closing-proof.ts';

/** Of a closed alarm nothing rings again, and with what it was closed stands beside it. */
export function handlingViewOf(state: AlarmState): Pick<AlarmView, 'callBack' | 'proofs' | 'closingProof'> {
  if (state.phase === 'closed') return state.proof ? { closingProof: state.proof } : {};
  const proofs = proofsOf(state);
  const { callBack } = state;
  return {
    ...(proofs.length > 0 ? { proofs } : {}),
    ...(callBack
      ? {
          callBack: {
            dueAt: instant(callBack.dueAtMs),
            isDue: callBack.isDue,
            user: callBack.user,
            note: callBack.note,
          },
        }
      : {}),
  };
}
