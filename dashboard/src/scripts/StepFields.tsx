import { answersTo, scriptActions, scriptCallees } from '@carebell/contracts/script-answers.ts';
import type { ScriptAnswer, ScriptCallee } from '@carebell/contracts/script-answers.ts';
import type { ScriptStep } from '@carebell/contracts/handling.ts';
import { Button, Checkbox, Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { scriptWords } from '../alarm/handling-step-text.ts';
import { asAction, calling } from './script-draft.ts';
import './scripts.css';

type Props = {
  step: ScriptStep;
  at: number;
  steps: readonly ScriptStep[];
  isWrong: boolean;
  isDisabled: boolean;
  onChange: (step: ScriptStep) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
};

/** One step: what it asks, in both languages, whom it calls, and where each answer leads. */
export function StepFields({ step, at, steps, isWrong, isDisabled, onChange, onMove, onRemove }: Props) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const n = at + 1;
  const numbered = steps.map((one, index) => ({
    value: one.key,
    label: `${index + 1}. ${scriptWords(one.text, i18n.language)}`,
  }));

  function lead(answer: ScriptAnswer, key: string | undefined) {
    const { goesTo = {}, ...rest } = step;
    const { [answer]: _, ...others } = goesTo;
    const next = key === undefined ? others : { ...others, [answer]: key };
    onChange(Object.keys(next).length === 0 ? rest : { ...rest, goesTo: next });
  }

  function prove(isProof: boolean) {
    const { proves: _, ...rest } = step;
    onChange(isProof ? { ...rest, proves: 'on-site' } : rest);
  }

  return (
    <fieldset
      className="script-step"
      disabled={isDisabled}
      data-testid={`script-step-${n}`}
      data-wrong={isWrong}
    >
      <legend>{t('policy.stepN', { n })}</legend>
      <div className="field">
        <label htmlFor={`${id}-action`}>{t('script.what')}</label>
        <Select
          id={`${id}-action`}
          value={step.action}
          options={scriptActions.map((value) => ({ value, label: t(`script.action.${value}`) }))}
          onChange={(action) => onChange(asAction(step, action))}
        />
      </div>
      {step.action === 'call' && (
        <div className="field">
          <label htmlFor={`${id}-whom`}>{t('script.who')}</label>
          <Select<ScriptCallee>
            id={`${id}-whom`}
            {...(step.whom === undefined ? {} : { value: step.whom })}
            options={scriptCallees.map((value) => ({ value, label: t(`script.whom.${value}`) }))}
            onChange={(whom) => onChange(calling(step, whom))}
          />
        </div>
      )}
      {(['zh-CN', 'en'] as const).map((language) => (
        <div key={language} className="field script-words">
          <label htmlFor={`${id}-${language}`}>{t(`script.text.${language}`)}</label>
          <Input
            id={`${id}-${language}`}
            maxLength={300}
            value={step.text[language]}
            onChange={(event) =>
              onChange({ ...step, text: { ...step.text, [language]: event.target.value } })
            }
          />
        </div>
      ))}
      {answersTo(step)
        .filter((answer) => answer !== 'done')
        .map((answer) => (
          <div key={answer} className="field">
            <label htmlFor={`${id}-${answer}`}>
              {t('script.after', { answer: t(`scriptAnswer.${answer}`) })}
            </label>
            <Select
              id={`${id}-${answer}`}
              allowClear
              placeholder={t('script.next')}
              value={step.goesTo?.[answer] ?? null}
              options={numbered.filter(({ value }) => value !== step.key)}
              onChange={(key: string | null | undefined) => lead(answer, key ?? undefined)}
            />
          </div>
        ))}
      {step.action === 'ask' && (
        <Checkbox checked={step.proves !== undefined} onChange={(event) => prove(event.target.checked)}>
          {t('script.proves')}
        </Checkbox>
      )}
      <div className="script-step-tools">
        <Button aria-label={t('script.up', { n })} disabled={at === 0} onClick={() => onMove(-1)}>
          ↑
        </Button>
        <Button
          aria-label={t('script.down', { n })}
          disabled={at === steps.length - 1}
          onClick={() => onMove(1)}
        >
          ↓
        </Button>
        <Button
          danger
          aria-label={t('script.remove', { n })}
          disabled={steps.length === 1}
          onClick={onRemove}
        >
          {t('form.remove')}
        </Button>
      </div>
    </fieldset>
  );
}
