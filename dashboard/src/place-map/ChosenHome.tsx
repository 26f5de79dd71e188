import type { MapStates } from '@carebell/contracts/map.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRecord } from '../registry-forms/record-query.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';

type Props = { id: string; item: MapStates['items'][number] | undefined; onLeave: () => void };

/** The home that was chosen on the map: its alarm, who lives there, and the way to its page. */
export function ChosenHome({ id, item, onLeave }: Props) {
  const { t } = useTranslation();
  const registry = useRegistryApi();
  const { data: dwelling, error } = useRecord('dwellings', id);
  const { data: residents } = useQuery({
    queryKey: ['residents', 'list', 'at', id],
    queryFn: () => registry.list('residents', { dwellingId: id, limit: '500' }),
  });
  return (
    <section className="map-chosen" data-testid="map-chosen" aria-live="polite">
      <h2>
        <Link to={`/dwellings/${encodeURIComponent(id)}`}>{dwelling?.address ?? item?.address ?? id}</Link>
      </h2>
      {error !== null && <p role="alert">{t('map.notRead')}</p>}
      {item?.alarm != null && (
        <p>
          <Link className="step-button" to={`/alarms/${encodeURIComponent(item.alarm.id)}`}>
            {t(item.alarm.isAnswered ? 'map.alarmAnswered' : 'map.alarm')}
          </Link>
        </p>
      )}
      {item !== undefined && item.silent > 0 && <p>{t('map.silentDevices', { n: item.silent })}</p>}
      <ul>
        {residents?.items.map((resident) => (
          <li key={resident.id}>
            <Link to={`/residents/${encodeURIComponent(resident.id)}`}>{resident.name}</Link>
          </li>
        ))}
      </ul>
      <button type="button" className="step-button" onClick={onLeave}>
        {t('map.leave')}
      </button>
    </section>
  );
}
