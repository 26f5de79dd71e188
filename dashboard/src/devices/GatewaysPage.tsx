import type { Gateway } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayAndTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { RegistryList } from '../registry-forms/RegistryList.tsx';
import { AvailabilityMark } from './AvailabilityMark.tsx';

const refreshEveryMs = 30_000;

export function GatewaysPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <RegistryList
      kind="gateways"
      section="devices"
      title={t('section.gateways')}
      empty={t('gatewayPage.empty')}
      searchHint={t('gatewayPage.search')}
      refreshEveryMs={refreshEveryMs}
      create={may('device.write') ? { to: '/gateways/new', label: t('gatewayPage.new') } : undefined}
      renderItem={(gateway) => <GatewayLine gateway={gateway} />}
    />
  );
}

function GatewayLine({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const station = useReferenceName('stations', gateway.stationId);
  return (
    <Link className="record-line" to={`/gateways/${encodeURIComponent(gateway.id)}`}>
      <AvailabilityMark availability={gateway.availability} />
      <span className="line-main">
        <strong>{gateway.name === '' ? gateway.id : gateway.name}</strong>
        {gateway.name !== '' && <code>{gateway.id}</code>}
      </span>
      <span className="line-side">{station}</span>
      <span className="line-end dim">
        {gateway.lastSeenAt === null
          ? t('devicePage.neverSeen')
          : t('devicePage.lastSeen', { time: dayAndTime(gateway.lastSeenAt, session.hub.timeZone) })}
      </span>
    </Link>
  );
}
