import { duePageSchema, visitListSchema, visitPlanSchema } from '@carebell/contracts/visits.ts';
import type { Visit, VisitPlan } from '@carebell/contracts/visits.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dayAndTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useAct } from '../app/use-act.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { FrequencySelect } from './FrequencySelect.tsx';
import { OwedLines } from './OwedLines.tsx';
import '../hand-over/hand-over.css';
import './visits.css';

/** How often a resident is visited, and what visitors found. */
export function ResidentVisits({ residentId }: { residentId: string }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { may } = useSession();
  const path = `/residents/${encodeURIComponent(residentId)}`;
  const plan = useQuery({
    queryKey: ['visits', 'plan', residentId],
    queryFn: () => resultOrThrow(api.call('GET', `${path}/visit-plan`, visitPlanSchema)),
  });
  const visits = useQuery({
    queryKey: ['visits', 'of', residentId],
    enabled: may('visit.make'),
    queryFn: () => resultOrThrow(api.call('GET', `${path}/visits`, visitListSchema)),
  });
  const due = useQuery({
    queryKey: ['visits', 'due', 'of', residentId],
    enabled: may('visit.make'),
    queryFn: () => {
      const query = new URLSearchParams({ residentId, state: 'all' });
      return resultOrThrow(api.call('GET', `/visits/due?${query.toString()}`, duePageSchema));
    },
  });
  const owed = due.data?.items[0]?.owed ?? [];
  const error = plan.error ?? visits.error ?? due.error;
  if (error !== null) {
    return (
      <ProblemNotice
        error={error}
        onRetry={() => {
          void plan.refetch();
          void visits.refetch();
          void due.refetch();
        }}
      />
    );
  }
  if (plan.data === undefined) return <PageLoading />;
  return (
    <div className="visits">
      <PlanForm key={plan.data.version} path={`${path}/visit-plan`} plan={plan.data} />
      {owed.length > 0 && (
        <>
          <h2>{t('visit.owed')}</h2>
          <OwedLines owed={owed} />
        </>
      )}
      {visits.data !== undefined && (
        <>
          <h2>{t('visit.history')}</h2>
          {visits.data.items.length === 0 && <p className="dim">{t('visit.historyEmpty')}</p>}
          <ul className="visit-list" data-testid="visit-history">
            {visits.data.items.map((visit) => (
              <PastVisit key={visit.id} visit={visit} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function PastVisit({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { kind, result, reason, at, visitor, checkIn, findings } = visit;
  const found = [
    findings.condition === null ? '' : t(`visit.condition.${findings.condition}`),
    ...findings.hazards.map((hazard) => t(`visit.hazard.${hazard}`)),
    findings.wishes,
    findings.note,
  ].filter((text) => text !== '');
  return (
    <li>
      <div className="visit-who">
        <strong>{dayAndTime(at, session.hub.timeZone).slice(0, -3)}</strong>
        <span className="visit-mark">{t(`visit.kind.${kind}`)}</span>
        <span>
          {result === 'met' || reason === null ? t(`visit.result.${result}`) : t(`visit.reason.${reason}`)}
        </span>
        {checkIn !== null && <span className="visit-mark">{t(`visit.checkedIn.${checkIn}`)}</span>}
        <span className="dim">{visitor?.displayName}</span>
      </div>
      {found.length > 0 && <p>{found.join(' · ')}</p>}
    </li>
  );
}

function PlanForm({ path, plan }: { path: string; plan: VisitPlan }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { may } = useSession();
  const { act } = useAct(['visits']);
  const [frequency, setFrequency] = useState(plan.frequency);
  const [note, setNote] = useState(plan.note);

  async function save(): Promise<void> {
    const body = { frequency, note: note.trim(), version: plan.version };
    await act(api.call('PUT', path, visitPlanSchema, body), t('visitPlan.saved'));
  }

  return (
    <form
      className="visit-form"
      data-testid="visit-plan"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p>{t('visitPlan.holds', { frequency: t(`visitPlan.frequency.${plan.holds}`) })}</p>
      {may('visit.plan') && (
        <>
          <FrequencySelect
            label={t('visitPlan.own')}
            without={t('visitPlan.byGroups')}
            value={frequency ?? undefined}
            onChange={(chosen) => setFrequency(chosen ?? null)}
          />
          <label>
            <span>
              {t('visitPlan.note')} ({t('visitPlan.noteHint')})
            </span>
            <input
              className="plain-input"
              maxLength={300}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </label>
          <Button htmlType="submit">{t('visitPlan.save')}</Button>
        </>
      )}
    </form>
  );
}
