import { conditions, homeHazards, notMetReasons } from '@carebell/contracts/visits.ts';
import type { DueResident, NewVisit, VisitFindings } from '@carebell/contracts/visits.ts';
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkplace } from '../app/workplace.ts';
import { CheckIn } from './CheckIn.tsx';
import { Choices, Several } from './Choices.tsx';
import { FollowUpFields, noFollowUp } from './FollowUpFields.tsx';
import type { FollowUpDraft } from './FollowUpFields.tsx';
import type { KeptVisit } from './kept-visits.ts';
import './visits.css';

type Props = {
  resident: DueResident;
  /** The label at the door was read already. */
  isLabelled: boolean;
  record: (one: Omit<KeptVisit, 'why'>) => Promise<KeptVisit | undefined>;
  onClose: () => void;
};
type Draft = Pick<NewVisit, 'kind'> & {
  result: 'met' | 'not-met';
  reason: (typeof notMetReasons)[number] | null;
  findings: VisitFindings;
  followUp: FollowUpDraft;
};

const kinds = ['in-person', 'phone', 'sensor'] as const;

/** What a visitor did and found. It is kept in the browser before it is sent. */
export function VisitForm({ resident, isLabelled, record, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { ticker } = useWorkplace();
  const [startedAt] = useState(() => new Date(ticker.now()).toISOString());
  const [hasLabel, setLabel] = useState(isLabelled);
  const [isSending, setSending] = useState(false);
  const [draft, setDraft] = useState<Draft>({
    kind: 'in-person',
    result: 'met',
    reason: null,
    findings: { condition: null, hazards: [], wishes: '', note: '' },
    followUp: noFollowUp(startedAt),
  });
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const found = (part: Partial<VisitFindings>) => change({ findings: { ...draft.findings, ...part } });
  const { kind, result, reason, findings, followUp } = draft;
  const isComplete =
    (result === 'met' || reason !== null) && (!followUp.isWanted || followUp.text.trim() !== '');

  async function save(): Promise<void> {
    setSending(true);
    const isThere = kind === 'in-person';
    const outcome = await record({
      residentName: resident.residentName,
      visit: {
        id: newId(),
        residentId: resident.residentId,
        kind,
        result,
        reason: result === 'met' ? null : reason,
        startedAt,
        at: new Date(ticker.now()).toISOString(),
        labelDwellingId: isThere && hasLabel ? resident.dwellingId : null,
        findings,
        followUp: followUp.isWanted
          ? { text: followUp.text.trim(), dueDay: followUp.dueDay, ownerId: followUp.ownerId }
          : null,
      },
    });
    setSending(false);
    if (outcome === undefined) void message.success(t('visit.saved'));
    else if (outcome.why === null) void message.warning(t('visit.keptNow'), 6);
    onClose();
  }

  return (
    <Modal
      open
      centered
      title={t('visit.form', { name: resident.residentName })}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
      className="visit-dialog"
    >
      <form
        className="visit-form"
        data-testid="visit-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Choices
          legend={t('visit.kindLegend')}
          of={kinds}
          value={kind}
          word={(one) => t(`visit.kind.${one}`)}
          onChange={(one) => change({ kind: one })}
        />
        {kind === 'in-person' && (
          <CheckIn resident={resident} since={startedAt} hasLabel={hasLabel} onLabel={() => setLabel(true)} />
        )}
        <Choices
          legend={t('visit.resultLegend')}
          of={['met', 'not-met'] as const}
          value={result}
          word={(one) => t(`visit.result.${one}`)}
          onChange={(one) => change({ result: one })}
        />
        {result === 'not-met' ? (
          <Choices
            legend={t('visit.reasonLegend')}
            of={notMetReasons}
            value={reason}
            word={(one) => t(`visit.reason.${one}`)}
            onChange={(one) => change({ reason: one })}
          />
        ) : (
          <>
            <Choices
              legend={t('visit.conditionLegend')}
              of={conditions}
              value={findings.condition}
              word={(one) => t(`visit.condition.${one}`)}
              onChange={(condition) => found({ condition })}
            />
            <Several
              legend={t('visit.hazardsLegend')}
              of={homeHazards}
              value={findings.hazards}
              word={(one) => t(`visit.hazard.${one}`)}
              onChange={(hazards) => found({ hazards })}
            />
            <label>
              <span>{t('visit.wishes')}</span>
              <Input.TextArea
                autoSize
                maxLength={1000}
                value={findings.wishes}
                onChange={(event) => found({ wishes: event.target.value })}
              />
            </label>
          </>
        )}
        <label>
          <span>{t('visit.note')}</span>
          <Input.TextArea
            autoSize
            maxLength={2000}
            value={findings.note}
            data-testid="visit-note"
            onChange={(event) => found({ note: event.target.value })}
          />
        </label>
        <FollowUpFields draft={followUp} onChange={(changed) => change({ followUp: changed })} />
        <Button
          block
          type="primary"
          size="large"
          htmlType="submit"
          loading={isSending}
          disabled={!isComplete}
          data-testid="save-visit"
        >
          {t('visit.save')}
        </Button>
      </form>
    </Modal>
  );
}

/** `crypto.randomUUID` is missing on plain HTTP, where many stations run. */
function newId(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
