import { proofs } from '@carebell/contracts/closing-proofs.ts';
import type { Proof } from '@carebell/contracts/closing-proofs.ts';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';

/** With what an emergency is closed: something shown of the resident, or a supervisor's word that nothing can be. */
export type ProofClaim = Proof | 'waived';
export const proofKeys: Readonly<Record<ProofClaim, string>> = {
  'voice-contact': 'V',
  'on-site': 'S',
  'device-event': 'D',
  waived: 'W',
};

/** A device shows it or does not; to close without any is for supervisors. */
export function isOffered(
  claim: ProofClaim,
  { recorded, mayWaive }: { recorded: readonly Proof[]; mayWaive: boolean },
): boolean {
  if (claim === 'device-event') return recorded.includes(claim);
  return claim !== 'waived' || mayWaive;
}

type Props = {
  choices: Ref<HTMLFieldSetElement>;
  recorded: readonly Proof[];
  mayWaive: boolean;
  chosen: ProofClaim | undefined;
  onChange: (claim: ProofClaim) => void;
};

export function ProofChoice({ choices, recorded, mayWaive, chosen, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset ref={choices} className="close-proof" data-testid="close-proof">
      <legend>
        {t('close.proof')} <small>{t('close.proofHint')}</small>
      </legend>
      {([...proofs, 'waived'] as const).map((claim) => (
        <label key={claim} className="disposition" data-testid={`proof-${claim}`}>
          <input
            type="radio"
            name="proof"
            value={claim}
            checked={chosen === claim}
            disabled={!isOffered(claim, { recorded, mayWaive })}
            onChange={() => onChange(claim)}
          />
          <kbd>{proofKeys[claim]}</kbd>
          <span>
            {t(claim === 'waived' ? 'close.waive' : `proof.${claim}`)}
            <small>
              {claim === 'waived'
                ? t(mayWaive ? 'close.waiveHint' : 'close.waiveWho')
                : recorded.includes(claim)
                  ? `✓ ${t('proofBasis.recorded')}`
                  : t(claim === 'device-event' ? 'close.notRecorded' : 'close.asSaid')}
            </small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
