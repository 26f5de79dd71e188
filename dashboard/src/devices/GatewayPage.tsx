import { gatewayPatchSchema } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { ClaimPanel } from '../registering/ClaimPanel.tsx';
import { ReferenceName } from '../registry-forms/FieldValue.tsx';
import { RecordFields } from '../registry-forms/RecordFacts.tsx';
import { RecordPage, RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { useRecord } from '../registry-forms/record-query.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { RenewSecret } from '../registry-forms/RenewSecret.tsx';
import { SupervisedFacts } from '../supervision/SupervisedFacts.tsx';
import { AvailabilityMark } from './AvailabilityMark.tsx';
import { gatewayFields } from './device-fields.ts';
import { DeviceEvents } from './DeviceEvents.tsx';
import { DeviceList } from './DeviceList.tsx';

const refreshEveryMs = 10_000;

export function GatewayPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { may } = useSession();
  const registry = useRegistryApi();
  const { data: gateway, error, refetch, changed } = useRecord('gateways', id, refreshEveryMs);
  if (gateway === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  const mayWrite = may('device.write');
  return (
    <RecordPage
      key={id}
      section="devices"
      path={`/gateways/${encodeURIComponent(id)}`}
      title={gateway.name === '' ? gateway.id : gateway.name}
      facts={
        <>
          <AvailabilityMark availability={gateway.availability} />
          <code>{gateway.id}</code>
          <ReferenceName of="stations" id={gateway.stationId} />
        </>
      }
      tools={mayWrite && <RenewSecret kind="gateways" id={id} onRenewed={() => void refetch()} />}
      tabs={[
        {
          key: 'gateway',
          label: t('gatewayPage.gateway'),
          content: (
            <>
              <RecordFields
                mayWrite={mayWrite}
                fields={gatewayFields}
                schema={gatewayPatchSchema}
                record={gateway}
                send={(body) => registry.change('gateways', id, body)}
                onDone={changed}
              />
              {mayWrite && <ClaimPanel of="gateways" id={id} />}
            </>
          ),
        },
        {
          key: 'devices',
          label: t('gatewayPage.devices'),
          content: (
            <DeviceList
              owner={{ gatewayId: id }}
              empty={t('gatewayPage.noDevices')}
              tools={
                mayWrite && (
                  <Link className="action-link" to={`/devices/new?gateway=${encodeURIComponent(id)}`}>
                    + {t('residentPage.addDevice')}
                  </Link>
                )
              }
            />
          ),
        },
        {
          key: 'supervision',
          label: t('supervision.tab'),
          content: <SupervisedFacts of="gateway" id={id} />,
        },
        { key: 'events', label: t('devicePage.events'), content: <DeviceEvents deviceId={id} /> },
      ]}
    />
  );
}
