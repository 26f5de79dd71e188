import { visitFollowUpSchema } from '@carebell/contracts/visits.ts';
import type { VisitFollowUp } from '@carebell/contracts/visits.ts';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useAct } from '../app/use-act.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useVisitFollowUps } from './visit-queries.ts';

/** What visitors found that somebody must see to, the first due standing first. */
export function VisitFollowUps() {
  const { t } = useTranslation();
  const { data, error, refetch } = useVisitFollowUps();
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <PageLoading />;
  if (data.items.length === 0) {
    return (
      <p className="list-empty" data-testid="visit-follow-ups-empty">
        ✓ {t('visit.followUpsEmpty')}
      </p>
    );
  }
  return (
    <ul className="visit-list" data-testid="visit-follow-ups">
      {data.items.map((followUp) => (
        <Line key={followUp.id} followUp={followUp} />
      ))}
    </ul>
  );
}

function Line({ followUp }: { followUp: VisitFollowUp }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { isSending, act } = useAct(['visits', 'follow-ups']);
  const [note, setNote] = useState('');
  const { id, residentName, address, text, dueDay, isOverdue, owner } = followUp;

  async function done(): Promise<void> {
    const path = `/visit-follow-ups/${encodeURIComponent(id)}/done`;
    await act(api.call('POST', path, visitFollowUpSchema, { note: note.trim() }));
  }

  return (
    <li data-overdue={isOverdue} data-testid={`follow-up-${id}`}>
      <div className="visit-who">
        <strong>{text}</strong>
        {isOverdue && <span className="visit-mark">{t('visit.followUpLate')}</span>}
      </div>
      <p className="visit-address">
        {residentName} · {address}
      </p>
      <p className="dim">
        {t('visit.due', { day: dueDay })} ·{' '}
        {t('visit.owner', { name: owner?.displayName ?? t('visit.anybody') })}
      </p>
      <div className="visit-acts">
        <Input
          size="large"
          value={note}
          maxLength={500}
          aria-label={t('visit.doneNote')}
          placeholder={t('visit.doneNote')}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button size="large" loading={isSending} onClick={() => void done()}>
          {t('visit.done')}
        </Button>
      </div>
    </li>
  );
}
