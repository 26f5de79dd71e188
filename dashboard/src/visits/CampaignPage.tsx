import {
  campaignCallPageSchema,
  campaignResults,
  campaignSchema,
} from '@carebell/contracts/visit-campaigns.ts';
import type { Campaign, CampaignCall, CampaignResult } from '@carebell/contracts/visit-campaigns.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dayAndTime } from '../app/instants.ts';
import { MorePages } from '../app/MorePages.tsx';
import { PageLoading } from '../app/PageLoading.tsx';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useAct } from '../app/use-act.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { Progress } from './CampaignsPage.tsx';
import '../app/lists.css';
import '../hand-over/hand-over.css';
import '../registry-forms/registry.css';
import './visits.css';

const refreshEveryMs = 15_000;

/** One campaign: whom to call, what the calls met, and its report. */
export function CampaignPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { may } = useSession();
  const path = `/visit-campaigns/${encodeURIComponent(id)}`;
  const campaign = useQuery({
    queryKey: ['visits', 'campaign', id],
    queryFn: () => resultOrThrow(api.call('GET', path, campaignSchema)),
    refetchInterval: refreshEveryMs,
  });
  const calls = useInfiniteQuery({
    queryKey: ['visits', 'calls', id],
    enabled: may('visit.call'),
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      resultOrThrow(
        api.call(
          'GET',
          `${path}/calls?limit=200${pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`,
          campaignCallPageSchema,
        ),
      ),
    getNextPageParam: (page) => page.cursor ?? undefined,
    refetchInterval: refreshEveryMs,
  });
  const error = campaign.error ?? calls.error;
  const all = calls.data?.pages.flatMap(({ items }) => items) ?? [];
  const { data } = campaign;
  return (
    <main className="list-page visits">
      <SectionTabs section="residents" />
      {error !== null && <ProblemNotice error={error} onRetry={() => void campaign.refetch()} />}
      {error === null && data === undefined && <PageLoading />}
      {data !== undefined && (
        <>
          <CampaignHead campaign={data} />
          {data.phase === 'running' && data.numbers.open === 0 && (
            <p className="list-empty">✓ {t('campaign.allCalled')}</p>
          )}
          {(['toCall', 'called'] as const).map((part) => {
            const own = all.filter(({ isDone }) => isDone === (part === 'called'));
            return own.length === 0 ? null : (
              <section key={part}>
                <h2>{t(`campaign.${part}`)}</h2>
                <ul className="visit-list" data-testid={`calls-${part}`}>
                  {own.map((call) => (
                    <CallLine
                      key={`${call.residentId} ${call.tries}`}
                      path={path}
                      call={call}
                      isRunning={data.phase === 'running'}
                    />
                  ))}
                </ul>
              </section>
            );
          })}
          <MorePages of={calls} />
        </>
      )}
    </main>
  );
}

function CampaignHead({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { session, may } = useSession();
  const { api } = useWorkplace();
  const { modal } = App.useApp();
  const { act } = useAct(['visits']);
  const { id, name, kind, phase, script, numbers, stations, startedBy, startedAt } = campaign;

  async function end(): Promise<void> {
    await act(api.call('POST', `/visit-campaigns/${encodeURIComponent(id)}/end`, campaignSchema));
  }

  return (
    <>
      <header>
        <h1>
          {name}{' '}
          <small>
            {t(`campaign.kind.${kind}`)} · {t(`campaign.phase.${phase}`)}
          </small>
        </h1>
        <p className="dim">
          {t('campaign.started', { name: startedBy, time: dayAndTime(startedAt, session.hub.timeZone) })}
        </p>
        <div className="list-tools not-for-print">
          <Link to="/visit-campaigns">{t('campaign.back')}</Link>
          {phase === 'running' && may('visit.plan') && (
            <Button
              data-testid="end-campaign"
              onClick={() => {
                modal.confirm({
                  title: t('campaign.end'),
                  content: t('campaign.endConfirm'),
                  centered: true,
                  onOk: end,
                });
              }}
            >
              {t('campaign.end')}
            </Button>
          )}
        </div>
      </header>
      {script !== '' && <p className="campaign-script">{script}</p>}
      <section data-testid="campaign-report">
        <h2>{t('campaign.report')}</h2>
        <Progress numbers={numbers} label={name} />
        {stations.length > 1 && (
          <>
            <h3>{t('campaign.stations')}</h3>
            {stations.map((station) => (
              <div key={station.stationId}>
                {station.name} <Progress numbers={station.numbers} label={station.name} />
              </div>
            ))}
          </>
        )}
      </section>
    </>
  );
}

type CallProps = { path: string; call: CampaignCall; isRunning: boolean };

function CallLine({ path, call, isRunning }: CallProps) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { isSending, act } = useAct(['visits']);
  const [note, setNote] = useState('');
  const { residentId, residentName, phone, address, result, isDone, tries, lastBy } = call;

  async function enter(met: CampaignResult): Promise<void> {
    const callPath = `${path}/calls/${encodeURIComponent(residentId)}`;
    await act(api.call('POST', callPath, campaignSchema, { result: met, note: note.trim() }));
  }

  return (
    <li data-testid={`call-${residentId}`} data-result={result}>
      <div className="visit-who">
        <strong>{residentName}</strong>
        {result !== null && <span className="visit-mark">{t(`campaign.result.${result}`)}</span>}
        {tries > 0 && (
          <span className="dim">
            {t('campaign.tries', { n: tries })} {lastBy}
          </span>
        )}
      </div>
      <p className="visit-address">
        {address} {call.note !== '' && <em>{call.note}</em>}
      </p>
      {isRunning && !isDone && (
        <div className="visit-acts">
          {phone === null ? (
            <span className="dim">{t('visit.noPhone')}</span>
          ) : (
            <a className="visit-call" href={phoneLink(phone)}>
              {spokenPhone(phone)}
            </a>
          )}
          <Input
            value={note}
            maxLength={500}
            disabled={isSending}
            aria-label={t('campaign.noteFor', { name: residentName })}
            placeholder={t('campaign.note')}
            onChange={(event) => setNote(event.target.value)}
          />
          {campaignResults.map((met) => (
            <Button key={met} size="large" disabled={isSending} onClick={() => void enter(met)}>
              {t(`campaign.result.${met}`)}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}
