import { testCoverageSchema } from '@carebell/contracts/supervision.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useSupervision } from './supervision-query.ts';

/** How many buttons of a station were tested or pressed of late, and which were not. */
export function TestsTab() {
  const { t } = useTranslation();
  const { data, error, refetch } = useSupervision('button-tests', testCoverageSchema);
  if (data === undefined) {
    return error === null ? <PageLoading /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  if (data.items.length === 0) return <p className="list-empty">{t('supervision.noTests')}</p>;
  return (
    <ul className="cards">
      {data.items.map((station) => (
        <li key={station.stationId} className="card">
          <p className="card-title">
            <strong>{station.stationName}</strong>
            <span className="dim">{t(`supervision.every.${station.every}`)}</span>
          </p>
          <p>{t('supervision.tested', { tested: station.tested, all: station.all })}</p>
          <meter
            min={0}
            max={station.all}
            value={station.tested}
            aria-label={t('supervision.tested', { tested: station.tested, all: station.all })}
          />
          {station.due.length > 0 && (
            <details>
              <summary>{t('supervision.due')}</summary>
              <ul className="due-buttons">
                {station.due.map(({ deviceId, name }) => (
                  <li key={deviceId}>
                    <Link to={`/devices/${encodeURIComponent(deviceId)}`}>
                      {name === '' ? deviceId : name}
                    </Link>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
