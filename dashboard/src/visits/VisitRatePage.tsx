import { apiRoot } from '@carebell/contracts/http-api.ts';
import { visitCauses } from '@carebell/contracts/visit-frequencies.ts';
import { visitRateSchema } from '@carebell/contracts/visit-rate.ts';
import type { VisitRate } from '@carebell/contracts/visit-rate.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { resultOrThrow } from '../api/hub-problem.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { filled } from '../report/report-query.ts';
import { NotVisited, RateCards, RateTables } from './RateCards.tsx';
import '../app/lists.css';
import '../hand-over/hand-over.css';
import '../registry-forms/registry.css';
import '../report/report.css';
import './visits.css';

const refreshEveryMs = 60_000;
type Choice = { cause: string; day: string; organisationId: string };

/** How many of those who were due were visited, by organisation and grid, and who is missing. */
export function VisitRatePage() {
  const { t, i18n } = useTranslation();
  const { api } = useWorkplace();
  const [address, setAddress] = useSearchParams();
  const choice: Choice = {
    cause: address.get('cause') ?? '',
    day: address.get('day') ?? '',
    organisationId: address.get('organisationId') ?? '',
  };
  const asked = new URLSearchParams(filled(choice)).toString();
  const { data, error, refetch } = useQuery({
    queryKey: ['visits', 'rate', asked],
    queryFn: () => resultOrThrow(api.call('GET', `/visit-rate?${asked}`, visitRateSchema)),
    refetchInterval: refreshEveryMs,
    placeholderData: keepPreviousData,
  });
  const file = new URLSearchParams(filled({ ...choice, language: i18n.language })).toString();
  return (
    <main className="list-page numbers visit-rate">
      <SectionTabs section="numbers" />
      <header>
        <h1>{t('visitRate.title')}</h1>
        <Choices
          choice={choice}
          rate={data}
          choose={(changed) => setAddress(filled({ ...choice, ...changed }), { replace: true })}
        />
        <div className="list-tools not-for-print">
          <a
            className="step-button"
            href={`${apiRoot}/visit-rate.xlsx?${file}`}
            download
            data-testid="rate-xlsx"
          >
            Excel
          </a>
          <a
            className="step-button"
            href={`${apiRoot}/visit-rate.csv?${file}`}
            download
            data-testid="rate-csv"
          >
            CSV
          </a>
          <button type="button" className="step-button" onClick={() => print()}>
            {t('handOver.print')}
          </button>
        </div>
      </header>
      <p className="dim">{t('visitRate.hint')}</p>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <PageLoading />}
      {data !== undefined && (
        <>
          <p data-testid="rate-span">{t('visitRate.span', { from: data.firstDay, to: data.lastDay })}</p>
          {data.all.due + data.all.excused === 0 ? (
            <p className="list-empty" data-testid="rate-empty">
              {t('visitRate.empty')}
            </p>
          ) : (
            <>
              <RateCards rate={data} />
              <RateTables rate={data} />
              <NotVisited rate={data} />
            </>
          )}
        </>
      )}
    </main>
  );
}

type ChoicesProps = {
  choice: Choice;
  rate: VisitRate | undefined;
  choose: (changed: Partial<Choice>) => void;
};

function Choices({ choice, rate, choose }: ChoicesProps) {
  const { t } = useTranslation();
  const { session } = useSession();
  return (
    <div className="numbers-choices">
      <Choice label={t('visitRate.cause')}>
        <select
          className="plain-input"
          value={choice.cause}
          onChange={(event) => choose({ cause: event.target.value })}
        >
          {visitCauses.map((cause) => (
            <option key={cause} value={cause === 'weekly' ? '' : cause}>
              {t(`visit.cause.${cause}`)}
            </option>
          ))}
        </select>
      </Choice>
      <Choice label={t('visitRate.day')}>
        <input
          type="date"
          className="plain-input"
          value={choice.day === '' ? (rate?.firstDay ?? '') : choice.day}
          onChange={(event) => choose({ day: event.target.value })}
        />
      </Choice>
      <Choice label={t('visitRate.place')}>
        <select
          className="plain-input"
          value={choice.organisationId}
          onChange={(event) => choose({ organisationId: event.target.value })}
        >
          <option value="">{session.user.organisationName || t('numbers.all')}</option>
          {rate?.organisations.map(({ id, name, level }) => (
            <option key={id} value={id}>
              {t(`level.${level}`)} {name}
            </option>
          ))}
        </select>
      </Choice>
    </div>
  );
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label>
      <span>{label}</span>
      {children}
    </label>
  );
}
