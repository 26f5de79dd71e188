import { recipientGroups } from '@carebell/contracts/recipient-groups.ts';
import type { PolicyStep } from '@carebell/contracts/escalation.ts';
import type { RecipientGroup } from '@carebell/contracts/recipient-groups.ts';
import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DurationInput, FieldComplaint } from './DurationInput.tsx';

type Props = {
  id: string;
  steps: readonly PolicyStep[];
  complaint: (path: string) => string | undefined;
  isDisabled: boolean;
  onChange: (steps: PolicyStep[]) => void;
};

const newStep: PolicyStep = {
  afterMs: 60_000,
  since: 'previous-step',
  mode: 'all-at-once',
  recipients: ['street'],
};

/** Who is told after which time, one box a step. */
export function StepsInput({ id, steps, complaint, isDisabled, onChange }: Props) {
  const { t } = useTranslation();
  // What is typed into a step moves with it.
  const [keys, setKeys] = useState(() => steps.map((_, index) => index));
  const replace = (at: number, change: Partial<PolicyStep>) =>
    onChange(steps.map((step, index) => (index === at ? { ...step, ...change } : step)));
  const reorder = (order: readonly number[]) => {
    setKeys(order.map((index) => keys[index] ?? 0));
    onChange(order.flatMap((index) => steps[index] ?? []));
  };
  const places = steps.map((_, index) => index);

  return (
    <div className="policy-steps-input">
      {steps.map((step, at) => {
        const path = `steps.${at}`;
        const stepId = `${id}-step-${keys[at]}`;
        const complaintOfWhom = complaint(`${path}.recipients`);
        return (
          <fieldset key={keys[at]} disabled={isDisabled} data-step={at + 1}>
            <legend>{t('policy.stepN', { n: at + 1 })}</legend>
            <DurationInput
              id={`${stepId}-after`}
              label={t('policy.after')}
              ms={step.afterMs}
              error={complaint(`${path}.afterMs`)}
              isDisabled={isDisabled}
              onChange={(afterMs) => replace(at, { afterMs })}
            />
            <div className="field">
              <label htmlFor={`${stepId}-since`}>{t('policy.since')}</label>
              <Select
                id={`${stepId}-since`}
                value={step.since}
                disabled={isDisabled}
                options={(['press', 'previous-step'] as const).map((value) => ({
                  value,
                  label: t(`policy.since-${value}`),
                }))}
                onChange={(since) => replace(at, { since })}
              />
            </div>
            <div className="field">
              <label htmlFor={`${stepId}-mode`}>{t('policy.mode')}</label>
              <Select
                id={`${stepId}-mode`}
                value={step.mode}
                disabled={isDisabled}
                options={[
                  { value: 'all-at-once' as const, label: t('policy.allAtOnce') },
                  { value: 'in-order' as const, label: t('policy.inOrder') },
                ]}
                onChange={(mode) => replace(at, { mode })}
              />
            </div>
            <fieldset className="policy-choice policy-wide">
              <legend>{t('policy.recipients')}</legend>
              <Checkbox.Group<RecipientGroup>
                disabled={isDisabled}
                value={step.recipients}
                options={recipientGroups.map((value) => ({ value, label: t(`recipientGroup.${value}`) }))}
                onChange={(recipients) => replace(at, { recipients })}
              />
              <FieldComplaint id={`${stepId}-whom`} error={complaintOfWhom} />
            </fieldset>
            <span className="contact-moves policy-wide">
              <Button
                disabled={isDisabled || at === 0}
                aria-label={t('policy.moveUp', { n: at + 1 })}
                onClick={() => reorder(swapped(places, at, at - 1))}
              >
                ↑
              </Button>
              <Button
                disabled={isDisabled || at === steps.length - 1}
                aria-label={t('policy.moveDown', { n: at + 1 })}
                onClick={() => reorder(swapped(places, at, at + 1))}
              >
                ↓
              </Button>
              <Button
                danger
                disabled={isDisabled || steps.length === 1}
                aria-label={t('policy.removeStep', { n: at + 1 })}
                onClick={() => reorder(places.filter((index) => index !== at))}
              >
                {t('form.remove')}
              </Button>
            </span>
          </fieldset>
        );
      })}
      <Button
        disabled={isDisabled || steps.length >= 20}
        data-testid="add-step"
        onClick={() => {
          setKeys([...keys, Math.max(-1, ...keys) + 1]);
          onChange([...steps, newStep]);
        }}
      >
        + {t('policy.addStep')}
      </Button>
      <FieldComplaint id={`${id}-steps`} error={complaint('steps')} />
    </div>
  );
}

function swapped(places: readonly number[], a: number, b: number): number[] {
  return places.map((index) => (index === a ? b : index === b ? a : index));
}
