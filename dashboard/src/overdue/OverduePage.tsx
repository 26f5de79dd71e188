import { missStates } from '@carebell/contracts/review.ts';
import type { MissedAlarm, MissState } from '@carebell/contracts/review.ts';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { dayAndTime, elapsed } from '../app/instants.ts';
import { MorePages } from '../app/MorePages.tsx';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { missesOf } from './misses.ts';
import type { Miss } from './misses.ts';
import { useMisses } from './misses-query.ts';
import { ReviewLine } from './ReviewLine.tsx';
import '../app/lists.css';
import '../alarm/marks.css';
import '../hand-over/hand-over.css';
import '../registry-forms/registry.css';
import './overdue.css';

/** The supervisors' queue of what missed a deadline: still open, closed and to be looked at, looked at. */
export function OverduePage() {
  const { t } = useTranslation();
  const { session } = useSession();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  const [address, setAddress] = useSearchParams();
  const state: MissState = missStates.find((name) => name === address.get('state')) ?? 'open';
  const list = useMisses(state);
  const { data, error, refetch, hasNextPage } = list;
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <main className="list-page">
      <nav className="section-tabs" aria-label={t('overdue.tabs')}>
        {missStates.map((name) => (
          <a
            key={name}
            href={`/overdue?state=${name}`}
            data-testid={`overdue-${name}`}
            aria-current={name === state ? 'page' : undefined}
            onClick={(event) => {
              event.preventDefault();
              setAddress({ state: name }, { replace: true });
            }}
          >
            {t(`overdue.tab.${name}`)}
          </a>
        ))}
      </nav>
      <header>
        <h1>
          {t('overdue.title')}{' '}
          {items !== undefined && (
            <small>
              {items.length}
              {hasNextPage ? '+' : ''}
            </small>
          )}
        </h1>
        <p className="dim">{t(`overdue.about.${state}`)}</p>
      </header>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && items === undefined && <PageLoading />}
      {items?.length === 0 && (
        <p className="list-empty" data-testid="overdue-empty">
          ✓ {t(`overdue.none.${state}`)}
        </p>
      )}
      {items !== undefined && items.length > 0 && (
        <MissTable items={items} state={state} hubNow={hubNow} timeZone={session.hub.timeZone} />
      )}
      <MorePages of={list} />
    </main>
  );
}

type TableProps = { items: readonly MissedAlarm[]; state: MissState; hubNow: number; timeZone: string };

function MissTable({ items, state, hubNow, timeZone }: TableProps) {
  const { t } = useTranslation();
  const alarms = items.map(({ alarm }) => alarm);
  // What is open stands in the order of how bad it is; what is over keeps the order of its page.
  const misses =
    state === 'open' ? missesOf(alarms, hubNow) : alarms.flatMap((alarm) => missesOf([alarm], hubNow));
  return (
    <table className="plain-table stacked overdue" data-testid="overdue">
      <thead>
        <tr>
          <th scope="col">{t('overdue.by')}</th>
          <th scope="col">{t('overdue.deadline')}</th>
          <th scope="col">{t('overdue.reason')}</th>
          <th scope="col">{t('overdue.alarm')}</th>
          <th scope="col">{t('overdue.place')}</th>
          <th scope="col">{t('overdue.owner')}</th>
        </tr>
      </thead>
      <tbody>
        {misses.map((miss, index) => {
          const isLastOfAlarm = misses[index + 1]?.alarm.id !== miss.alarm.id;
          const item = items.find(({ alarm }) => alarm.id === miss.alarm.id);
          return (
            <MissRows
              key={`${miss.alarm.id} ${miss.deadline}`}
              miss={miss}
              timeZone={timeZone}
              item={state !== 'open' && isLastOfAlarm ? item : undefined}
            />
          );
        })}
      </tbody>
    </table>
  );
}

type RowProps = { miss: Miss; timeZone: string; item: MissedAlarm | undefined };

function MissRows({ miss, timeZone, item }: RowProps) {
  const { t } = useTranslation();
  const { alarm, deadline, reason, dueAt, byMs, isMetLate } = miss;
  return (
    <>
      <tr data-priority={alarm.priority} data-met={isMetLate}>
        <td className="number" data-label={t('overdue.by')}>
          {isMetLate ? t('overdue.late', { time: elapsed(byMs) }) : `⚠ ${elapsed(byMs)}`}
        </td>
        <td data-label={t('overdue.deadline')}>
          <div>
            {t(`missedDeadline.${deadline}`)}
            <br />
            <time className="dim" dateTime={dueAt}>
              {dayAndTime(dueAt, timeZone)}
            </time>
          </div>
        </td>
        <td data-label={t('overdue.reason')}>{t(`missReason.${reason}`)}</td>
        <td data-label={t('overdue.alarm')}>
          <div>
            <Link to={`/alarms/${alarm.id}`}>
              {t(`priority.${alarm.priority}`)} · {t(`kind.${alarm.kind}`)}
            </Link>
            <br />
            {alarm.residentName ?? t('queue.unknownResident')}
          </div>
        </td>
        <td data-label={t('overdue.place')}>
          <div>
            {alarm.stationName}
            <br />
            <span className="dim">{alarm.address ?? t('queue.unknownAddress')}</span>
          </div>
        </td>
        <td data-label={t('overdue.owner')}>
          {alarm.owner?.displayName ?? <strong>! {t('handOver.waiting')}</strong>}
        </td>
      </tr>
      {item !== undefined && (
        <tr className="overdue-review">
          <td colSpan={6}>
            <ReviewLine item={item} timeZone={timeZone} />
          </td>
        </tr>
      )}
    </>
  );
}
