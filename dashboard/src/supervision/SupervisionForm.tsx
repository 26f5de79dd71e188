import { supervisionClasses } from '@carebell/contracts/supervision-classes.ts';
import {
  supervisionChoices,
  supervisionSettingSchema,
  supervisedSchema,
} from '@carebell/contracts/supervision.ts';
import type { SupervisedKind, SupervisionSetting } from '@carebell/contracts/supervision.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { DurationInput } from '../escalation/DurationInput.tsx';
import { durationText } from '../escalation/duration-text.ts';
import { draftOf, settingOf, silenceAfterMs } from './supervision-draft.ts';

const byType = 'by-type';

type Props = {
  of: SupervisedKind;
  id: string;
  setting: SupervisionSetting;
  isDefault: boolean;
  onDone: () => void;
};

/** Within which time one must be heard, and how many times it may be missed before somebody is told. */
export function SupervisionForm({ of, id, setting, isDefault, onDone }: Props) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [draft, setDraft] = useState(() => draftOf(setting, isDefault));
  const [complaint, setComplaint] = useState<string>();
  const [isSending, setSending] = useState(false);
  const wanted = settingOf(draft);
  const checked = wanted === null ? undefined : supervisionSettingSchema.safeParse(wanted);
  const wrong = new Set(checked?.error?.issues.map(({ path }) => String(path[0])));
  const isCounted = draft.class !== byType && draft.class !== 'off';

  async function submit(): Promise<void> {
    if (checked?.success === false) return setComplaint(t('supervision.wrong'));
    setSending(true);
    setComplaint(undefined);
    const path = `/supervision/${of}/${encodeURIComponent(id)}`;
    const answer = await api.call('PUT', path, supervisedSchema, { setting: wanted });
    setSending(false);
    if (!answer.ok) return setComplaint(problemText(answer.problem));
    await queries.invalidateQueries({ queryKey: ['supervision'] });
    onDone();
  }

  return (
    <form
      className="supervision-form not-for-print"
      data-testid="supervision-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label className="field">
        <span>{t('supervision.class')}</span>
        <select
          className="plain-input"
          value={draft.class}
          data-testid="supervision-class"
          onChange={({ target }) =>
            setDraft({
              ...draft,
              class: supervisionChoices.find((one) => one === target.value) ?? byType,
            })
          }
        >
          <option value={byType}>{t('supervision.byType')}</option>
          {supervisionChoices.map((value) => (
            <option key={value} value={value}>
              {t(`supervision.classes.${value}`)}
            </option>
          ))}
        </select>
      </label>
      {draft.class === 'own' && (
        <DurationInput
          id="supervision-period"
          label={t('supervision.period')}
          ms={draft.periodMs}
          error={
            wrong.has('periodSeconds')
              ? t('supervision.periodBounds', {
                  from: durationText(t, 20_000),
                  to: durationText(t, supervisionClasses.sp1.seconds * 1_000),
                })
              : undefined
          }
          isDisabled={isSending}
          onChange={(periodMs) => setDraft({ ...draft, periodMs })}
        />
      )}
      {isCounted && (
        <fieldset className="supervision-count" data-wrong={wrong.has('missed') || wrong.has('of')}>
          <legend>{t('supervision.silentWhen')}</legend>
          <CountInput
            label={t('supervision.missedInput')}
            value={draft.missed}
            most={10}
            onChange={(missed) => setDraft({ ...draft, missed })}
          />
          <CountInput
            label={t('supervision.ofInput')}
            value={draft.of}
            most={20}
            onChange={(count) => setDraft({ ...draft, of: count })}
          />
        </fieldset>
      )}
      <p className="dim" data-testid="supervision-meaning">
        {checked?.success === true && isCounted
          ? t('supervision.meaning', { time: durationText(t, silenceAfterMs(checked.data)) })
          : wrong.has('of')
            ? t('supervision.countBounds')
            : ''}
      </p>
      <p className="warning" role="alert">
        {complaint}
      </p>
      <div className="form-actions">
        <Button onClick={onDone}>{t('close.cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={isSending}
          disabled={checked?.success === false}
          data-testid="supervision-save"
        >
          {t('supervision.save')}
        </Button>
      </div>
    </form>
  );
}

type CountProps = { label: string; value: number; most: number; onChange: (value: number) => void };

function CountInput({ label, value, most, onChange }: CountProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="number"
        className="plain-input"
        min={1}
        max={most}
        value={Number.isNaN(value) ? '' : value}
        onChange={({ target }) => onChange(target.valueAsNumber)}
      />
    </label>
  );
}
