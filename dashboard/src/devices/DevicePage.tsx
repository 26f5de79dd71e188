import type { Device } from '@carebell/contracts/registry.ts';
import { devicePatchSchema } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { ReferenceName } from '../registry-forms/FieldValue.tsx';
import { RecordFields } from '../registry-forms/RecordFacts.tsx';
import { RecordPage, RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { useRecord } from '../registry-forms/record-query.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { RenewSecret } from '../registry-forms/RenewSecret.tsx';
import { ClaimPanel } from '../registering/ClaimPanel.tsx';
import { DeviceLifeLines, DeviceLifeTools } from '../registering/DeviceLife.tsx';
import { SupervisedFacts } from '../supervision/SupervisedFacts.tsx';
import { RetestMark } from '../commissioning/RetestMark.tsx';
import { TestModeSwitch } from '../test-mode/TestModeSwitch.tsx';
import { adoptPath } from '../unknown-devices/unknown-query.ts';
import { AvailabilityMark } from './AvailabilityMark.tsx';
import { deviceFieldsFor } from './device-fields.ts';
import { DeviceEvents } from './DeviceEvents.tsx';
import { DeviceHistory } from './DeviceHistory.tsx';
import { DeviceSigns } from './DeviceSigns.tsx';

const refreshEveryMs = 10_000;

export function DevicePage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { may } = useSession();
  const registry = useRegistryApi();
  const { data: device, error, refetch, changed } = useRecord('devices', id, refreshEveryMs);
  if (device === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  const mayWrite = may('device.write');
  return (
    <RecordPage
      key={id}
      section="devices"
      path={`/devices/${encodeURIComponent(id)}`}
      title={device.name === '' ? device.id : device.name}
      facts={<DeviceFacts device={device} />}
      tools={
        mayWrite &&
        device.isRegistered && (
          <>
            {device.hasSecret && <RenewSecret kind="devices" id={id} onRenewed={() => void refetch()} />}
            <DeviceLifeTools device={device} onRetired={changed} />
          </>
        )
      }
      tabs={[
        {
          key: 'device',
          label: t('devicePage.device'),
          content: (
            <>
              <RetestMark about={{ deviceId: id }} />
              {device.isRegistered && <TestModeSwitch of="device" id={id} />}
              {!device.isRegistered && device.retiredAt === undefined && mayWrite && (
                <Adoption device={device} />
              )}
              {device.isRegistered && device.hasSecret && mayWrite && <ClaimPanel id={id} />}
              {device.isRegistered && !device.hasSecret && (
                <p className="dim">{t('devicePage.viaGateway')}</p>
              )}
              <RecordFields
                mayWrite={mayWrite && device.isRegistered}
                fields={deviceFieldsFor(may('resident.read'), false)}
                schema={devicePatchSchema}
                record={device}
                hints={{
                  gatewayId: t('fieldHint.gatewayId'),
                  heardAs: t('fieldHint.heardAs'),
                  signals: t('fieldHint.signals'),
                }}
                send={(body) => registry.change('devices', id, body)}
                onDone={changed}
              />
            </>
          ),
        },
        {
          key: 'supervision',
          label: t('supervision.tab'),
          content: <SupervisedFacts of="device" id={id} />,
        },
        { key: 'events', label: t('devicePage.events'), content: <DeviceEvents deviceId={id} /> },
        { key: 'history', label: t('maintenance.history'), content: <DeviceHistory of="device" id={id} /> },
      ]}
    />
  );
}

function DeviceFacts({ device }: { device: Device }) {
  const { may } = useSession();
  return (
    <>
      <AvailabilityMark availability={device.availability} />
      <code>{device.id}</code>
      {device.residentId !== null && may('resident.read') && (
        <ReferenceName of="residents" id={device.residentId} />
      )}
      {device.dwellingId !== null && <ReferenceName of="dwellings" id={device.dwellingId} />}
      <DeviceSigns device={device} />
      <DeviceLifeLines device={device} />
    </>
  );
}

function Adoption({ device }: { device: Device }) {
  const { t } = useTranslation();
  const query = new URLSearchParams({ adopt: device.id, gateway: device.gatewayId ?? '' });
  const path =
    device.gatewayId === null
      ? `/devices/new?${query.toString()}`
      : adoptPath({ gatewayId: device.gatewayId, code: device.id });
  return (
    <div className="adopt">
      <p>{t('devicePage.adoptText')}</p>
      <Link className="action-link" to={path}>
        {t('devicePage.adopt')}
      </Link>
    </div>
  );
}
