import { witnessRoles } from '@carebell/contracts/commissioning.ts';
import type { Commissioning, Signature } from '@carebell/contracts/commissioning.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { useCommissioningSteps } from './commissioning-query.ts';
import { SignatureField } from './SignatureField.tsx';

/** Names and signatures of whoever installs and of the resident or a witness. */
export function SignForm({
  commissioning,
  onCancel,
}: {
  commissioning: Commissioning;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { session } = useSession();
  const navigate = useNavigate();
  const { act } = useCommissioningSteps();
  const [installer, setInstaller] = useState(session.user.displayName);
  const [witness, setWitness] = useState('');
  const [role, setRole] = useState<(typeof witnessRoles)[number]>('resident');
  const [own, setOwn] = useState<Signature>();
  const [theirs, setTheirs] = useState<Signature>();
  const [isSending, setSending] = useState(false);
  const isComplete =
    installer.trim() !== '' && witness.trim() !== '' && own !== undefined && theirs !== undefined;

  async function sign(): Promise<void> {
    if (own === undefined || theirs === undefined) return;
    setSending(true);
    const body = {
      installer: { name: installer, signature: own },
      witness: { name: witness, role, signature: theirs },
    };
    const signed = await act(commissioning.id, 'sign', body);
    setSending(false);
    if (signed) void navigate(`/commissionings/${commissioning.id}/record`);
  }

  return (
    <form
      className="big-fields sign-form"
      data-testid="sign-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) void sign();
      }}
    >
      <h2>{t('commissioning.signTitle')}</h2>
      <p>{t('commissioning.signText')}</p>
      <fieldset>
        <legend>{t('commissioning.installer')}</legend>
        <label>
          <span>{t('commissioning.name')}</span>
          <input
            className="plain-input"
            value={installer}
            onChange={(event) => setInstaller(event.target.value)}
          />
        </label>
        <SignatureField label={t('commissioning.installer')} testId="signature-installer" onDrawn={setOwn} />
      </fieldset>
      <fieldset>
        <legend>{t('commissioning.witness')}</legend>
        <label>
          <span>{t('commissioning.name')}</span>
          <input
            className="plain-input"
            data-testid="witness-name"
            value={witness}
            onChange={(event) => setWitness(event.target.value)}
          />
        </label>
        <label>
          <span>{t('commissioning.as')}</span>
          <select
            className="plain-input"
            value={role}
            onChange={(event) =>
              setRole(witnessRoles.find((one) => one === event.target.value) ?? 'resident')
            }
          >
            {witnessRoles.map((one) => (
              <option key={one} value={one}>
                {t(`commissioning.witnessRole.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <SignatureField label={t('commissioning.witness')} testId="signature-witness" onDrawn={setTheirs} />
      </fieldset>
      {!isComplete && <p className="dim">{t('commissioning.nameMissing')}</p>}
      <div className="big-buttons">
        <button
          type="submit"
          className="big-button"
          data-main="true"
          data-testid="sign-now"
          disabled={!isComplete || isSending}
        >
          {t('commissioning.signNow')}
        </button>
        <button type="button" className="big-button" onClick={onCancel}>
          {t('commissioning.back')}
        </button>
      </div>
    </form>
  );
}
