import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayAndTime } from '../app/instants.ts';
import { MorePages } from '../app/MorePages.tsx';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useSession } from '../log-in/session.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';

/** Every alarm of a resident or a device, open and closed, the newest first. */
export function AlarmsOf({ of }: { of: { residentId: string } | { deviceId: string } }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const registry = useRegistryApi();
  const list = useInfiniteQuery({
    queryKey: ['alarms', 'of', of],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => registry.alarms({ ...of, cursor: pageParam }),
    getNextPageParam: (page) => page.cursor ?? undefined,
  });
  const { data, error, refetch } = list;
  const alarms = data?.pages.flatMap((page) => page.items);
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (alarms === undefined) return <PageLoading />;
  if (alarms.length === 0) return <p className="list-empty">{t('residentPage.noAlarms')}</p>;
  return (
    <>
      <ul className="record-lines">
        {alarms.map((alarm) => (
          <li key={alarm.id}>
            <Link className="record-line" to={`/alarms/${encodeURIComponent(alarm.id)}`}>
              <span className="line-main">
                <strong>
                  {alarm.drillId !== undefined && `${t('mark.drill')} · `}
                  {alarm.testId !== undefined && `${t('mark.test')} · `}
                  {t(`kind.${alarm.kind}`)}
                </strong>
                <span className="dim">{t(`priority.${alarm.priority}`)}</span>
              </span>
              <span className="line-side">
                {alarm.disposition === null
                  ? t(`phase.${alarm.phase}`)
                  : `${t(`phase.${alarm.phase}`)} · ${t(`disposition.${alarm.disposition}`)}`}
              </span>
              <time className="line-end">{dayAndTime(alarm.pressedAt, session.hub.timeZone)}</time>
            </Link>
          </li>
        ))}
      </ul>
      <MorePages of={list} />
    </>
  );
}
