import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dayAndTime, elapsed } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { missesOf } from './misses.ts';
import type { Miss } from './misses.ts';
import '../app/lists.css';
import '../alarm/marks.css';
import './overdue.css';

const refreshEveryMs = 5_000;
const alarmPage = pageOf(alarmViewSchema);

/** The supervisors' queue: open alarms that missed a deadline, the longest overdue first. */
export function OverduePage() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { session } = useSession();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  const { data, error, refetch } = useQuery({
    queryKey: ['overdue'],
    refetchInterval: refreshEveryMs,
    queryFn: () =>
      resultOrThrow(
        api.call<{ items: AlarmView[]; cursor: string | null }>(
          'GET',
          '/alarms?phase=open&missed=true&limit=500',
          alarmPage,
        ),
      ),
  });
  const misses = data === undefined ? undefined : missesOf(data.items, hubNow);
  return (
    <main className="list-page">
      <header>
        <h1>
          {t('overdue.title')} {data !== undefined && <small>{data.items.length}</small>}
        </h1>
        <p className="dim">{t('overdue.hint')}</p>
      </header>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && misses === undefined && <PageLoading />}
      {misses?.length === 0 && (
        <p className="list-empty" data-testid="overdue-empty">
          ✓ {t('overdue.empty')}
        </p>
      )}
      {misses !== undefined && misses.length > 0 && (
        <table className="plain-table overdue" data-testid="overdue">
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
            {misses.map((miss) => (
              <MissRow
                key={`${miss.alarm.id} ${miss.deadline}`}
                miss={miss}
                timeZone={session.hub.timeZone}
              />
            ))}
          </tbody>
        </table>
      )}
    </main>
  );
}

function MissRow({ miss, timeZone }: { miss: Miss; timeZone: string }) {
  const { t } = useTranslation();
  const { alarm, deadline, reason, dueAt, byMs, isMetLate } = miss;
  return (
    <tr data-priority={alarm.priority} data-met={isMetLate}>
      <td className="number">
        {isMetLate ? t('overdue.late', { time: elapsed(byMs) }) : `⚠ ${elapsed(byMs)}`}
      </td>
      <td>
        {t(`missedDeadline.${deadline}`)}
        <br />
        <time className="dim" dateTime={dueAt}>
          {dayAndTime(dueAt, timeZone)}
        </time>
      </td>
      <td>{t(`missReason.${reason}`)}</td>
      <td>
        <Link to={`/alarms/${alarm.id}`}>
          {t(`priority.${alarm.priority}`)} · {t(`kind.${alarm.kind}`)}
        </Link>
        <br />
        {alarm.residentName ?? t('queue.unknownResident')}
      </td>
      <td>
        {alarm.stationName}
        <br />
        <span className="dim">{alarm.address ?? t('queue.unknownAddress')}</span>
      </td>
      <td>{alarm.owner?.displayName ?? <strong>! {t('handOver.waiting')}</strong>}</td>
    </tr>
  );
}
