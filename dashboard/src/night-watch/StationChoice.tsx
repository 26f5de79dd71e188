import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { useRegistryApi } from '../registry-forms/registry-api.ts';

/** Whoever sees one station is there at once; the others choose. */
export function StationChoice() {
  const { t } = useTranslation();
  const { session } = useSession();
  const registry = useRegistryApi();
  const { data, error, refetch } = useQuery({
    queryKey: ['stations', 'list', 'night'],
    queryFn: () => registry.list('stations', { limit: '500' }),
  });
  if (data === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  const { items } = data;
  const own = items.find(({ id }) => id === session.user.organisationId) ?? items[0];
  if (own !== undefined && (items.length === 1 || own.id === session.user.organisationId))
    return <Navigate to={`/night/${encodeURIComponent(own.id)}`} replace />;
  return (
    <>
      <header>
        <h1>
          {t('night.title')} <small>{t('night.choose')}</small>
        </h1>
      </header>
      {items.length === 0 && <p className="list-empty">{t('night.noStations')}</p>}
      <ul className="night-stations">
        {items.map(({ id, name }) => (
          <li key={id}>
            <Link to={`/night/${encodeURIComponent(id)}`}>{name}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}
