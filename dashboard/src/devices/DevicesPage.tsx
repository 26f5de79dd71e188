import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { RegistryList } from '../registry-forms/RegistryList.tsx';
import { DeviceLine } from './DeviceLine.tsx';

/** Availability changes; the list is asked for again at this interval. */
const refreshEveryMs = 30_000;

export function DevicesPage({ isUnregisteredOnly = false }: { isUnregisteredOnly?: boolean }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const part = isUnregisteredOnly ? 'unregistered' : 'devices';
  return (
    <RegistryList
      key={part}
      kind="devices"
      section="devices"
      title={t(`section.${part}`)}
      empty={t(isUnregisteredOnly ? 'devicePage.emptyUnregistered' : 'devicePage.empty')}
      searchHint={t('devicePage.search')}
      filter={isUnregisteredOnly ? { isRegistered: 'false' } : {}}
      refreshEveryMs={refreshEveryMs}
      tools={
        may('device.write') && (
          <Link className="quiet-link" to="/transfer">
            {t('transfer.open')}
          </Link>
        )
      }
      create={may('device.write') ? { to: '/devices/new', label: t('devicePage.new') } : undefined}
      renderItem={(device) => <DeviceLine device={device} />}
    />
  );
}
