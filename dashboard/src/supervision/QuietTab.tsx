import { quietListSchema } from '@carebell/contracts/supervision.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayAndTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useSession } from '../log-in/session.ts';
import { useSupervision } from './supervision-query.ts';

/** What is silent, cannot be heard or was never heard, by street; the longest silence first. */
export function QuietTab() {
  const { t } = useTranslation();
  const { timeZone } = useSession().session.hub;
  const { data, error, refetch } = useSupervision('quiet', quietListSchema);
  if (data === undefined) {
    return error === null ? <PageLoading /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  const place = (item: (typeof data.items)[number]) =>
    [item.streetName, item.stationName].filter((name) => name !== null).join(' / ');
  const items = data.items.toSorted((a, b) => place(a).localeCompare(place(b)));
  return (
    <>
      <p className="dim" data-testid="supervision-counts">
        {t('supervision.counts', data.counts)}
      </p>
      {items.length === 0 ? (
        <p className="list-empty">{t('supervision.allHeard')}</p>
      ) : (
        <table className="plain-table stacked">
          <thead>
            <tr>
              <th>{t('supervision.where')}</th>
              <th>{t('supervision.what')}</th>
              <th>{t('supervision.hearing')}</th>
              <th>{t('supervision.since')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={`${item.of} ${item.id}`} data-hearing={item.hearing}>
                <td data-label={t('supervision.where')}>{place(item)}</td>
                <td data-label={t('supervision.what')}>
                  <Link to={`/${item.of}s/${encodeURIComponent(item.id)}/supervision`}>
                    {item.name === '' ? item.id : item.name}
                  </Link>
                </td>
                <td data-label={t('supervision.hearing')}>{t(`supervision.is.${item.hearing}`)}</td>
                <td data-label={t('supervision.since')}>
                  {item.since === null ? t('supervision.never') : dayAndTime(item.since, timeZone)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
