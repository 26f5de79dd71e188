import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useProblemText } from '../app/problem-text.ts';
import { ReferenceInput } from '../registry-forms/ReferenceInput.tsx';
import { careBedPath, useCareBedChange } from './care-bed-query.ts';

/** Opens a bed for a resident; carers are entered on its page. */
export function NewCareBed() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { send, problem, isSending } = useCareBedChange();
  const [residentId, choose] = useState('');

  async function open(): Promise<void> {
    const bed = await send('POST', '/care-beds', { residentId });
    if (bed !== undefined) void navigate(careBedPath(bed.id));
  }

  return (
    <details className="care-bed-new">
      <summary>{t('careBed.new')}</summary>
      <div className="care-bed-row">
        <label htmlFor="care-bed-resident">{t('field.residentId')}</label>
        <ReferenceInput
          id="care-bed-resident"
          of="residents"
          value={residentId === '' ? undefined : residentId}
          isClearable
          disabled={isSending}
          onChange={(chosen) => choose(chosen ?? '')}
        />
        <button
          type="button"
          className="step-button"
          disabled={residentId === '' || isSending}
          onClick={() => void open()}
        >
          {t('careBed.openNow')}
        </button>
      </div>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problemText(problem)}
        </p>
      )}
    </details>
  );
}
