import { escalationPolicySchema } from '@carebell/contracts/escalation.ts';
import type { EscalationPolicy } from '@carebell/contracts/escalation.ts';
import { riskGroups } from '@carebell/contracts/registry.ts';
import { Checkbox, Input } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import { useProblemText } from '../app/problem-text.ts';
import { EditorFoot } from '../registry-forms/EditorFoot.tsx';
import { useSending } from '../registry-forms/use-sending.ts';
import { FieldComplaint } from './DurationInput.tsx';
import { KindsChoice } from './KindsChoice.tsx';
import { complaintsOfFaults, complaintsOfProblem, complaintsOfSchema } from './policy-complaints.ts';
import { PolicyPreview } from './PolicyPreview.tsx';
import { usePreview } from './policy-query.ts';
import { StepsInput } from './StepsInput.tsx';
import { TimesInput } from './TimesInput.tsx';
import { useComplaintText } from './use-complaint-text.ts';

type Props = {
  organisationId: string;
  /** Among the organisation's own, from 0. */
  place: number;
  start: EscalationPolicy;
  /** Answers the problem, if there was one. */
  save: (policy: EscalationPolicy) => Promise<HubRefusal | undefined>;
  onCancel: () => void;
};

/** One policy beside the time line of what it does, which follows while it is changed. */
export function PolicyEditor({ organisationId, place, start, save, onCancel }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const id = useId();
  const nameInput = useRef<InputRef>(null);
  useEffect(() => nameInput.current?.focus(), []);
  const [policy, setPolicy] = useState(start);
  const { refusal, isSending, forget, send } = useSending();
  const complaintText = useComplaintText(policy);
  const parsed = useMemo(() => escalationPolicySchema.safeParse(policy, { reportInput: true }), [policy]);
  // A policy that has no name yet has a time line all the same.
  const previewed = useMemo(
    () => escalationPolicySchema.safeParse({ ...policy, name: policy.name.trim() || '…' }).data,
    [policy],
  );
  const preview = usePreview(organisationId, previewed);
  const refused = refusal === undefined ? undefined : complaintsOfProblem(refusal, place);
  const complaints = [
    ...complaintsOfSchema(parsed.error?.issues ?? []),
    ...(parsed.success || previewed !== undefined ? complaintsOfFaults(preview.data?.faults ?? []) : []),
    ...(refused?.here ?? []),
  ];
  const problems = [
    ...(refusal !== undefined && refused?.here.length === 0 ? [problemText(refusal)] : []),
    ...(refused?.others ?? []).map((n) => t('policy.otherRefused', { n })),
  ];
  const complaint = (path: string): string | undefined => {
    const found = complaints.find((one) => one.path === path);
    // Nobody is told that a name is missing before they could have entered it.
    if (found === undefined || (path === 'name' && refusal === undefined && policy.name === ''))
      return undefined;
    return complaintText(found);
  };
  const change = (changes: Partial<EscalationPolicy>) => {
    setPolicy((before) => ({ ...before, ...changes }));
    forget();
  };

  return (
    <div className="policy-editor">
      <form
        noValidate
        aria-label={t('policy.editor')}
        data-testid="policy-editor"
        onSubmit={(event) => {
          event.preventDefault();
          if (parsed.success) void send(() => save(parsed.data));
        }}
      >
        <div className="field">
          <label htmlFor={`${id}-name`}>{t('policy.name')} *</label>
          <Input
            id={`${id}-name`}
            ref={nameInput}
            value={policy.name}
            disabled={isSending}
            onChange={(event) => change({ name: event.target.value })}
          />
          <FieldComplaint id={`${id}-name`} error={complaint('name')} />
        </div>
        <KindsChoice
          kinds={policy.kinds}
          isDisabled={isSending}
          onChange={(kinds) => change({ kinds })}
          complaint={<FieldComplaint id={`${id}-kinds`} error={complaint('kinds')} />}
        />
        <fieldset className="policy-choice">
          <legend>{t('policy.riskGroups')}</legend>
          <Checkbox.Group<(typeof riskGroups)[number]>
            disabled={isSending}
            value={policy.riskGroups}
            options={riskGroups.map((value) => ({ value, label: t(`riskGroup.${value}`) }))}
            onChange={(chosen) => change({ riskGroups: chosen })}
          />
          {policy.riskGroups.length === 0 && <span className="field-hint dim">{t('policy.everybody')}</span>}
        </fieldset>
        <StepsInput
          id={id}
          steps={policy.steps}
          complaint={complaint}
          isDisabled={isSending}
          onChange={(steps) => change({ steps })}
        />
        <TimesInput id={id} policy={policy} complaint={complaint} isDisabled={isSending} onChange={change} />
        <EditorFoot
          testId="save-policy"
          problem={problems.length === 0 ? undefined : problems.join(' ')}
          isSending={isSending}
          isComplete={parsed.success && complaints.length === 0}
          hint={complaints.length > 0 ? t('form.correct', { n: complaints.length }) : undefined}
          onCancel={onCancel}
        />
      </form>
      <PolicyPreview
        preview={preview.data}
        error={preview.error}
        isWaiting={preview.isFetching || previewed === undefined}
        onRetry={() => void preview.refetch()}
      />
    </div>
  );
}
