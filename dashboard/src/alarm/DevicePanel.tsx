import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayAndTime } from '../app/instants.ts';
import { AvailabilityMark } from '../devices/AvailabilityMark.tsx';
import { useSession } from '../log-in/session.ts';
import { EvidencePanel } from './EvidencePanel.tsx';
import { ActivityPanel } from './ActivityPanel.tsx';
import type { ShownAlarm } from './pending-steps.ts';
import './evidence.css';

const SupervisedFacts = lazy(async () => {
  const [{ addRegistryTexts }, { SupervisedFacts: loaded }] = await Promise.all([
    import('../i18n/registry-texts.ts'),
    import('../supervision/SupervisedFacts.tsx'),
  ]);
  addRegistryTexts();
  return { default: loaded };
});
const silences = {
  'device-silent': 'device',
  'gateway-silent': 'gateway',
  'receiver-deaf': 'gateway',
} as const;

type Props = { alarm: ShownAlarm; device: AlarmDetail['device'] | undefined };

export function DevicePanel({ alarm, device }: Props) {
  const { t } = useTranslation();
  const { session, may } = useSession();
  // The hub itself and channels have no battery, and nobody hears them.
  const hasEvidence = device !== undefined && device !== null && may('history.read');
  const silence = may('device.read') ? silences[alarm.kind as keyof typeof silences] : undefined;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long one scrolls, by keys too
    <section className="panel panel-device" aria-label={t('alarm.device')} tabIndex={0}>
      <h3>{t('alarm.device')}</h3>
      <p className="device-name">
        <strong>{alarm.deviceName ?? alarm.deviceId}</strong>
        {device !== undefined && device !== null && (
          <>
            <span>
              {[t(`deviceType.${device.type}`), device.room].filter((part) => part !== '').join(' · ')}
            </span>
            <AvailabilityMark availability={device.availability} />
          </>
        )}
      </p>
      {alarm.isDeviceRetired === true && <p className="warning">{t('alarm.retiredDevice')}</p>}
      {!alarm.isDeviceRegistered && <p className="warning">{t('alarm.unregisteredDevice')}</p>}
      {!alarm.isDeviceRegistered && alarm.heardAt !== undefined && may('device.write') && (
        <p>
          <Link
            className="step-button"
            to={`/unknown-devices/${encodeURIComponent(alarm.heardAt.gatewayId)}/${encodeURIComponent(alarm.deviceId)}`}
          >
            {t('alarm.adoptDevice')}
          </Link>
        </p>
      )}
      {silence !== undefined && (
        <Suspense>
          <SupervisedFacts of={silence} id={alarm.deviceId} />
        </Suspense>
      )}
      {hasEvidence && <EvidencePanel alarm={alarm} />}
      <dl className="facts">
        <div>
          <dt>ID</dt>
          <dd>{alarm.deviceId}</dd>
        </div>
        {device !== undefined && device !== null && (
          <>
            {!hasEvidence && (
              <>
                <Fact name={t('alarm.battery')} value={device.battery} unit=" %" />
                <Fact name={t('alarm.rssi')} value={device.rssi} unit=" dBm" />
              </>
            )}
            <Fact name={t('alarm.gateway')} value={device.gatewayId} unit="" />
            <Fact
              name={t('alarm.lastSeen')}
              value={device.lastSeenAt === null ? null : dayAndTime(device.lastSeenAt, session.hub.timeZone)}
              unit=""
            />
          </>
        )}
      </dl>
      <ActivityPanel deviceId={alarm.deviceId} />
    </section>
  );
}

function Fact({ name, value, unit }: { name: string; value: string | number | null; unit: string }) {
  if (value === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {unit}
      </dd>
    </div>
  );
}
