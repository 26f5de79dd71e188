import { scriptSchema } from '@carebell/contracts/handling.ts';
import type { Script, ScriptStep } from '@carebell/contracts/handling.ts';
import { Button, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import { KindsChoice } from '../escalation/KindsChoice.tsx';
import { EditorFoot } from '../registry-forms/EditorFoot.tsx';
import { useDraft } from '../registry-forms/use-draft.ts';
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
  const id = useId();
  const { draft: script, parsed, problem, isSending, change, submit } = useDraft(start, scriptSchema, save);
  const replace = (at: number, step: ScriptStep) =>
    change({ steps: script.steps.map((one, index) => (index === at ? step : one)) });
  const wrongSteps = new Set(
    parsed.success ? [] : parsed.error.issues.flatMap(({ path }) => (path[0] === 'steps' ? [path[1]] : [])),
  );

  return (
    <form
      noValidate
      className="script-editor policy-editor-form"
      aria-label={t('script.title')}
      data-testid="script-editor"
      onSubmit={submit}
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
      <KindsChoice kinds={script.kinds} isDisabled={isSending} onChange={(kinds) => change({ kinds })} />
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
      <EditorFoot
        testId="save-script"
        problem={problem}
        isSending={isSending}
        isComplete={parsed.success}
        hint={parsed.success ? undefined : t('script.correct')}
        onCancel={onCancel}
      />
    </form>
  );
}
