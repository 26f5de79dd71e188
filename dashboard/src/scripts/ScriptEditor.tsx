import { alarmKindNames } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import { scriptSchema } from '@carebell/contracts/handling.ts';
import type { Script, ScriptStep } from '@carebell/contracts/handling.ts';
import { Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import { useProblemText } from '../app/problem-text.ts';
import { movedStep, withoutStep, withStep } from './script-draft.ts';
import { StepFields } from './StepFields.tsx';

type Props = {
  start: Script;
  /** Answers the problem, if there was one. */
  save: (script: Script) => Promise<HubRefusal | undefined>;
  onCancel: () => void;
};

/** One script: for which alarms it is, and its steps in the order that is recommended. */
export function ScriptEditor({ start, save, onCancel }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const id = useId();
  const [script, setScript] = useState(start);
  const [refusal, setRefusal] = useState<HubRefusal>();
  const [isSending, setSending] = useState(false);
  const parsed = scriptSchema.safeParse(script);
  const change = (changes: Partial<Script>) => {
    setScript((before) => ({ ...before, ...changes }));
    setRefusal(undefined);
  };
  const replace = (at: number, step: ScriptStep) =>
    change({ steps: script.steps.map((one, index) => (index === at ? step : one)) });
  const wrongSteps = new Set(
    parsed.success ? [] : parsed.error.issues.flatMap(({ path }) => (path[0] === 'steps' ? [path[1]] : [])),
  );

  async function submit(): Promise<void> {
    if (!parsed.success) return;
    setSending(true);
    setRefusal(await save(parsed.data));
    setSending(false);
  }

  return (
    <form
      noValidate
      className="script-editor policy-editor-form"
      aria-label={t('script.title')}
      data-testid="script-editor"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-name`}>{t('script.name')} *</label>
        <Input
          id={`${id}-name`}
          value={script.name}
          disabled={isSending}
          onChange={(event) => change({ name: event.target.value })}
        />
      </div>
      <fieldset className="policy-choice">
        <legend>{t('policy.kinds')}</legend>
        <Checkbox.Group<AlarmKind>
          disabled={isSending}
          value={script.kinds}
          options={alarmKindNames.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={(kinds) => change({ kinds })}
        />
        {script.kinds.length === 0 && <span className="field-hint dim">{t('policy.everyKind')}</span>}
      </fieldset>
      {script.steps.map((step, at) => (
        <StepFields
          key={step.key}
          step={step}
          at={at}
          steps={script.steps}
          isWrong={wrongSteps.has(at)}
          isDisabled={isSending}
          onChange={(changed) => replace(at, changed)}
          onMove={(by) => change({ steps: movedStep(script.steps, at, by) })}
          onRemove={() => change({ steps: withoutStep(script.steps, at) })}
        />
      ))}
      <Button
        disabled={isSending}
        data-testid="add-step"
        onClick={() => change({ steps: withStep(script.steps) })}
      >
        + {t('script.addStep')}
      </Button>
      {refusal !== undefined && (
        <p className="form-problem" role="alert">
          {problemText(refusal)}
        </p>
      )}
      <div className="form-foot">
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          loading={isSending}
          disabled={!parsed.success}
          data-testid="save-script"
        >
          {t('form.save')}
        </Button>
        <Button size="large" disabled={isSending} onClick={onCancel}>
          {t('policy.cancel')}
        </Button>
        <output className="dim">{!parsed.success && t('script.correct')}</output>
      </div>
    </form>
  );
}
