import { apiRoot } from '@carebell/contracts/http-api.ts';
import { jobKinds } from '@carebell/contracts/maintenance.ts';
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { MorePages } from '../app/MorePages.tsx';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useSession } from '../log-in/session.ts';
import { byPlace } from './by-place.ts';
import { JobCard } from './JobCard.tsx';
import { jobQuery, totalsOf, useJobs, useJobSummary } from './maintenance-query.ts';
import type { JobWish } from './maintenance-query.ts';
import '../hand-over/hand-over.css';

const views = ['open', 'mine', 'done'] as const;

/** What is to be done, as somebody drives: by street and station, in each by dwelling. */
export function JobsTab() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [address, setAddress] = useSearchParams();
  const view = views.find((one) => one === address.get('view')) ?? 'open';
  const wish: JobWish = {
    kind: jobKinds.find((one) => one === address.get('kind')) ?? '',
    stationId: address.get('station') ?? '',
    mine: view === 'mine',
    state: view === 'done' ? 'done' : 'open',
  };
  const summary = useJobSummary().data;
  const list = useJobs(wish);
  const { data, error, refetch, isPlaceholderData } = list;
  const jobs = data?.pages.flatMap(({ items }) => items);
  const totals = summary && totalsOf(summary, wish.stationId);
  const choose = (name: string, value: string) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );

  return (
    <>
      <div className="job-tools not-for-print">
        <Segmented
          value={view}
          onChange={(value) => choose('view', value === 'open' ? '' : value)}
          options={views.map((value) => ({ value, label: t(`maintenance.view.${value}`) }))}
        />
        {summary !== undefined && summary.items.length > 1 && (
          <select
            className="plain-input"
            aria-label={t('maintenance.station')}
            value={wish.stationId}
            onChange={(event) => choose('station', event.target.value)}
          >
            <option value="">{t('maintenance.allStations')}</option>
            {summary.items.map(({ stationId, stationName, streetName }) => (
              <option key={stationId} value={stationId}>
                {streetName === null ? stationName : `${streetName} / ${stationName}`}
              </option>
            ))}
          </select>
        )}
        <Button onClick={() => print()}>{t('maintenance.print')}</Button>
        {may('device.write') && (
          <a
            className="quiet-link"
            href={`${apiRoot}/maintenance/list.csv?${jobQuery(wish).toString()}`}
            download
          >
            CSV
          </a>
        )}
      </div>
      {view === 'open' && totals !== undefined && (
        <div className="job-kinds not-for-print" data-testid="job-kinds">
          {jobKinds
            .filter((kind) => (totals.get(kind) ?? 0) > 0)
            .map((kind) => (
              <button
                key={kind}
                type="button"
                aria-pressed={wish.kind === kind}
                onClick={() => choose('kind', wish.kind === kind ? '' : kind)}
              >
                {t(`maintenance.kind.${kind}`)} <strong>{totals.get(kind)}</strong>
              </button>
            ))}
        </div>
      )}
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && jobs === undefined && <PageLoading />}
      {jobs?.length === 0 && <p className="list-empty">{t(`maintenance.none.${view}`)}</p>}
      <div aria-busy={isPlaceholderData} data-testid="jobs">
        {byPlace(jobs ?? [], t('maintenance.nowhere')).map((station) => (
          <section key={station.key} className="job-station">
            <h2>{station.title}</h2>
            {station.dwellings.map((dwelling) => (
              <div key={dwelling.key} className="job-dwelling">
                <h3>{dwelling.address}</h3>
                {dwelling.jobs.map((job) => (
                  <JobCard key={`${job.kind} ${job.of} ${job.id} ${job.done?.at ?? ''}`} job={job} />
                ))}
              </div>
            ))}
          </section>
        ))}
      </div>
      <MorePages of={list} />
    </>
  );
}
