import { packNames } from '@carebell/contracts/detection.ts';
import type { PackName, RuleChange } from '@carebell/contracts/detection.ts';
import { Checkbox, Switch } from 'antd';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import { useProblemText } from '../app/problem-text.ts';
import { EditorFoot } from '../registry-forms/EditorFoot.tsx';
import { useSending } from '../registry-forms/use-sending.ts';
import { changedBy, withField } from './rule-draft.ts';
import type { RuleDraft } from './rule-draft.ts';
import { fieldsOf } from './rule-fields.ts';
import { RuleFieldInput } from './RuleFieldInput.tsx';
import type { RulesOf } from './rule-query.ts';
import { ruleName } from './rule-text.ts';
import { TrialPanel } from './TrialPanel.tsx';

type Props = {
  of: RulesOf;
  own: readonly RuleChange[];
  draft: RuleDraft;
  onChange: (draft: RuleDraft) => void;
  /** Answers the problem, if there was one. */
  save: (draft: RuleDraft) => Promise<HubRefusal | undefined>;
  onCancel: () => void;
};

/** One rule beside what it would have raised, which follows while it is changed. */
export function RuleEditor({ of, own, draft, onChange, save, onCancel }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const id = useId();
  const { refusal, isSending, forget, send } = useSending();
  const next = useMemo(() => changedBy(own, draft), [own, draft]);
  const { rule, isOff } = draft;
  const groups = Array.isArray(rule['groups']) ? (rule['groups'] as PackName[]) : [];
  const change = (changed: RuleDraft) => {
    onChange(changed);
    forget();
  };

  return (
    <div className="rule-editor">
      <form
        noValidate
        aria-label={t('rule.editor')}
        data-testid="rule-editor"
        onSubmit={(event) => {
          event.preventDefault();
          if (next.ok) void send(() => save(draft));
        }}
      >
        <h2>{ruleName(t, rule)}</h2>
        <label className="rule-switch" htmlFor={`${id}-on`}>
          <Switch
            id={`${id}-on`}
            checked={!isOff}
            disabled={isSending}
            onChange={(isOn) => change({ ...draft, isOff: !isOn })}
          />
          {t('rule.isOn')}
        </label>
        {isOff ? (
          <p className="dim">{t('rule.offNote')}</p>
        ) : (
          <div className="rule-fields">
            {fieldsOf[rule.kind].map((field) => (
              <RuleFieldInput
                key={field.name}
                id={`${id}-${field.name}`}
                field={field}
                value={rule[field.name]}
                wrong={next.ok ? undefined : next.wrong.find((one) => one.field === field.name)}
                isDisabled={isSending}
                onChange={(value) => change(withField(draft, field.name, value))}
              />
            ))}
            {rule['from'] !== undefined && rule['from'] === rule['to'] && (
              <p className="field-hint dim">{t('rule.wholeDay')}</p>
            )}
          </div>
        )}
        {of.scope === 'organisation' && (
          <fieldset className="rule-groups">
            <legend>{t('rule.forWhom')}</legend>
            <Checkbox.Group<PackName>
              disabled={isSending}
              value={groups}
              options={packNames.map((value) => ({ value, label: t(`riskGroup.${value}`) }))}
              onChange={(picked) =>
                change(
                  withField(
                    draft,
                    'groups',
                    picked.length === 0 ? undefined : packNames.filter((one) => picked.includes(one)),
                  ),
                )
              }
            />
            {groups.length === 0 && <span className="field-hint dim">{t('rule.everybody')}</span>}
          </fieldset>
        )}
        <EditorFoot
          testId="save-rule"
          problem={
            refusal?.code === 'changed-meanwhile' ? t('rule.conflict') : refusal && problemText(refusal)
          }
          isSending={isSending}
          isComplete={next.ok}
          hint={
            next.ok ? undefined : t('form.correct', { n: new Set(next.wrong.map(({ field }) => field)).size })
          }
          onCancel={onCancel}
        />
      </form>
      <TrialPanel of={of} rules={next.ok ? next.rules : undefined} ruleId={rule.id} />
    </div>
  );
}
