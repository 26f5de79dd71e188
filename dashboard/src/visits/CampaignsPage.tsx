import { campaignPageSchema } from '@carebell/contracts/visit-campaigns.ts';
import type { Campaign } from '@carebell/contracts/visit-campaigns.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dayAndTime } from '../app/instants.ts';
import { MorePages } from '../app/MorePages.tsx';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { CampaignForm } from './CampaignForm.tsx';
import '../app/lists.css';
import '../hand-over/hand-over.css';
import '../registry-forms/registry.css';
import './visits.css';

const refreshEveryMs = 30_000;

/** Calling everybody of some groups: running ones and their ends. */
export function CampaignsPage() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { may } = useSession();
  const list = useInfiniteQuery({
    queryKey: ['visits', 'campaigns'],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      resultOrThrow(
        api.call(
          'GET',
          `/visit-campaigns?limit=50${pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`,
          campaignPageSchema,
        ),
      ),
    getNextPageParam: (page) => page.cursor ?? undefined,
    refetchInterval: refreshEveryMs,
  });
  const campaigns = list.data?.pages.flatMap(({ items }) => items);
  return (
    <main className="list-page visits">
      <SectionTabs section="residents" />
      <header>
        <h1>{t('campaign.title')}</h1>
        <p className="dim">{t('campaign.hint')}</p>
      </header>
      {may('visit.plan') && <CampaignForm />}
      {list.error !== null && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.error === null && campaigns === undefined && <PageLoading />}
      {campaigns?.length === 0 && <p className="list-empty">{t('campaign.empty')}</p>}
      <ul className="visit-list" data-testid="campaigns">
        {campaigns?.map((campaign) => (
          <CampaignLine key={campaign.id} campaign={campaign} />
        ))}
      </ul>
      <MorePages of={list} />
    </main>
  );
}

function CampaignLine({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { id, name, kind, phase, numbers, organisationName, startedBy, startedAt } = campaign;
  return (
    <li data-testid={`campaign-${id}`}>
      <div className="visit-who">
        <Link to={`/visit-campaigns/${encodeURIComponent(id)}`}>
          <strong>{name}</strong>
        </Link>
        <span className="visit-mark">{t(`campaign.kind.${kind}`)}</span>
        <span className="visit-mark">{t(`campaign.phase.${phase}`)}</span>
      </div>
      <p className="dim">
        {organisationName} ·{' '}
        {t('campaign.started', { name: startedBy, time: dayAndTime(startedAt, session.hub.timeZone) })}
      </p>
      <Progress numbers={numbers} label={name} />
    </li>
  );
}

export function Progress({ numbers, label }: { numbers: Campaign['numbers']; label: string }) {
  const { t } = useTranslation();
  return (
    <div className="campaign-progress">
      <meter min={0} max={Math.max(1, numbers.residents)} value={numbers.done} aria-label={label} />
      <span>{t('campaign.progress', { done: numbers.done, all: numbers.residents })}</span>
      {(['well', 'needs-help', 'not-reached', 'refused'] as const)
        .filter((result) => numbers.byResult[result] > 0)
        .map((result) => (
          <span key={result} className="visit-mark" data-result={result}>
            {t(`campaign.result.${result}`)} {numbers.byResult[result]}
          </span>
        ))}
    </div>
  );
}
