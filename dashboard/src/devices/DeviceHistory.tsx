import { jobPageSchema } from '@carebell/contracts/maintenance.ts';
import type { SupervisedKind } from '@carebell/contracts/supervision.ts';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { AlarmsOf } from '../alarm/AlarmsOf.tsx';
import { resultOrThrow } from '../api/hub-problem.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { JobCard } from '../maintenance/JobCard.tsx';
import '../maintenance/maintenance.css';

const DevicesCard = lazy(async () => ({ default: (await import('../history/DevicesCard.tsx')).DevicesCard }));

const ConnectionCard = lazy(async () => ({
  default: (await import('../history/ConnectionCard.tsx')).ConnectionCard,
}));

/** What became of a device: what is to be done and was done at it, the course of its battery, when it was there, its alarms. */
export function DeviceHistory({ of, id }: { of: SupervisedKind; id: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <div className="device-history" data-testid="device-history">
      <h2>{t('maintenance.jobs')}</h2>
      <JobsOf of={of} id={id} state="open" />
      {of === 'device' && (
        <Suspense fallback={<PageLoading />}>
          <DevicesCard of={{ deviceId: id }} view="chart" />
          <ConnectionCard deviceId={id} />
        </Suspense>
      )}
      <h2>{t('maintenance.view.done')}</h2>
      <JobsOf of={of} id={id} state="done" />
      {may('alarm.read') && (
        <>
          <h2>{t('maintenance.alarms')}</h2>
          <AlarmsOf of={{ deviceId: id }} />
        </>
      )}
    </div>
  );
}

function JobsOf({ of, id, state }: { of: SupervisedKind; id: string; state: 'open' | 'done' }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const query = new URLSearchParams({ deviceId: id, state }).toString();
  const { data, error, refetch } = useQuery({
    queryKey: ['maintenance', 'of', query],
    queryFn: () => resultOrThrow(api.call('GET', `/maintenance?${query}`, jobPageSchema)),
  });
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <PageLoading />;
  const jobs = data.items.filter((job) => job.of === of);
  if (jobs.length === 0) return <p className="dim">{t(`maintenance.none.${state}`)}</p>;
  return (
    <div className="job-dwelling">
      {jobs.map((job) => (
        <JobCard key={`${job.kind} ${job.done?.at ?? ''}`} job={job} />
      ))}
    </div>
  );
}
