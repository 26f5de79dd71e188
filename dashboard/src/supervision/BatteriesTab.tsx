import { batteryListSchema } from '@carebell/contracts/supervision.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayAndTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useSession } from '../log-in/session.ts';
import { useSupervision } from './supervision-query.ts';

/** The work list of whoever changes batteries: the soonest first. */
export function BatteriesTab() {
  const { t } = useTranslation();
  const { timeZone } = useSession().session.hub;
  const { data, error, refetch } = useSupervision('batteries', batteryListSchema);
  if (data === undefined) {
    return error === null ? <PageLoading /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  if (data.items.length === 0) return <p className="list-empty">{t('supervision.noBatteries')}</p>;
  return (
    <table className="plain-table stacked">
      <thead>
        <tr>
          <th>{t('supervision.what')}</th>
          <th>{t('supervision.where')}</th>
          <th>{t('supervision.percent')}</th>
          <th>{t('supervision.emptyAt')}</th>
        </tr>
      </thead>
      <tbody>
        {data.items.map((item) => (
          <tr key={item.deviceId}>
            <td data-label={t('supervision.what')}>
              <Link to={`/devices/${encodeURIComponent(item.deviceId)}`}>
                {item.name === '' ? item.deviceId : item.name}
              </Link>
            </td>
            <td data-label={t('supervision.where')}>{item.stationName}</td>
            <td data-label={t('supervision.percent')} className="number">
              {Math.round(item.percent)}
            </td>
            <td data-label={t('supervision.emptyAt')}>
              {item.emptyAt === null ? t('supervision.lowNow') : dayAndTime(item.emptyAt, timeZone)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
