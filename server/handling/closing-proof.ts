import { needsProof } from '@carebell/contracts/closing-proofs.ts';
import type { ClosingProof } from '@carebell/contracts/handling.ts';
import type { Proof } from '@carebell/contracts/closing-proofs.ts';
import type { AlarmCore } from '../alarm/alarm-state.ts';

/** What whoever closes an alarm says of the resident. */
export type ClosingClaim = {
  proof?: Proof | undefined;
  /** Why there is no proof, of a supervisor. */
  withoutProofBecause?: string | undefined;
  mayWaiveProof?: boolean;
};

export type ProofRefusal = 'proof-missing' | 'proof-not-on-record' | 'may-not-waive-proof';

/**
 * What the record shows of the resident, the strongest first. A voice that was heard and a device that took the alarm
 * back say nothing about a press that came after them; who stands at the bed still does.
 */
export function proofsOf(state: AlarmCore): Proof[] {
  const { shown = {}, lastPressedAtMs, cancelledAtMs, responders = [], escalation } = state;
  const isShown = (proof: Proof, sinceMs: number): boolean =>
    Object.values(shown).some((one) => one.proof === proof && one.atMs >= sinceMs);
  const isSeen =
    isShown('on-site', 0) ||
    responders.some(({ report }) => report === 'on-site' || report === 'help-needed' || report === 'done');
  const isTakenBack = cancelledAtMs !== null && cancelledAtMs >= lastPressedAtMs;
  return [
    ...(isSeen ? (['on-site'] as const) : []),
    ...(isShown('voice-contact', lastPressedAtMs) ? (['voice-contact'] as const) : []),
    ...(isTakenBack || hasMoved(escalation) ? (['device-event'] as const) : []),
  ];
}

/** Movement after a fall counts only where nobody else lives. */
function hasMoved(escalation: AlarmCore['escalation']): boolean {
  const movedAtMs = escalation?.fall?.movedAtMs ?? null;
  return (
    movedAtMs !== null &&
    movedAtMs > (escalation?.fall?.sinceMs ?? 0) &&
    escalation?.plan.fall?.isMovementOfResident === true
  );
}

/** With what an alarm may be closed, or why it may not; `null` where nothing needs to be shown. */
export function closingProof(
  state: AlarmCore,
  { proof, withoutProofBecause = '', mayWaiveProof = false }: ClosingClaim,
): { ok: true; proof: ClosingProof | null } | { ok: false; reason: ProofRefusal } {
  const recorded = proofsOf(state);
  if (proof !== undefined && recorded.includes(proof)) return proven({ basis: 'recorded', proof });
  // Nobody can have seen what a device would have said.
  if (proof === 'device-event') return { ok: false, reason: 'proof-not-on-record' };
  if (proof !== undefined) return proven({ basis: 'stated', proof });
  if (!needsProof(state)) return { ok: true, proof: null };
  const [first] = recorded;
  if (first !== undefined) return proven({ basis: 'recorded', proof: first });
  if (withoutProofBecause === '') return { ok: false, reason: 'proof-missing' };
  if (!mayWaiveProof) return { ok: false, reason: 'may-not-waive-proof' };
  return proven({ basis: 'waived', because: withoutProofBecause });
}

function proven(proof: ClosingProof): { ok: true; proof: ClosingProof } {
  return { ok: true, proof };
}
