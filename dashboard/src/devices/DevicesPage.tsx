import { useTranslation } from 'react-i18next';
import { Checkbox } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { RegistryList } from '../registry-forms/RegistryList.tsx';
import { DeviceLine } from './DeviceLine.tsx';

/** Availability changes; the list is asked for again at this interval. */
const refreshEveryMs = 30_000;

export function DevicesPage({ isUnregisteredOnly = false }: { isUnregisteredOnly?: boolean }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [address, setAddress] = useSearchParams();
  const isOfflineOnly = address.has('offline');
  const part = isUnregisteredOnly ? 'unregistered' : 'devices';
  return (
    <RegistryList
      key={part}
      kind="devices"
      section="devices"
      title={t(`section.${part}`)}
      empty={t(
        isOfflineOnly
          ? 'devicePage.noneOffline'
          : isUnregisteredOnly
            ? 'devicePage.emptyUnregistered'
            : 'devicePage.empty',
      )}
      searchHint={t('devicePage.search')}
      filter={{
        ...(isUnregisteredOnly ? { isRegistered: 'false' } : {}),
        ...(isOfflineOnly ? { availability: 'offline' } : {}),
      }}
      refreshEveryMs={refreshEveryMs}
      tools={
        <>
          <Checkbox
            checked={isOfflineOnly}
            data-testid="offline-only"
            onChange={({ target }) =>
              setAddress((before) => withMark(before, 'offline', target.checked), { replace: true })
            }
          >
            {t('devicePage.offlineOnly')}
          </Checkbox>
          {may('device.write') && (
            <Link className="quiet-link" to="/transfer">
              {t('transfer.open')}
            </Link>
          )}
        </>
      }
      create={may('device.write') ? { to: '/devices/new', label: t('devicePage.new') } : undefined}
      renderItem={(device) => <DeviceLine device={device} />}
    />
  );
}

function withMark(address: URLSearchParams, name: string, isSet: boolean): URLSearchParams {
  const next = new URLSearchParams(address);
  if (isSet) next.set(name, '');
  else next.delete(name);
  return next;
}
