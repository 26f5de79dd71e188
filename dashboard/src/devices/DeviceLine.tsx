import type { Device } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { AvailabilityMark } from './AvailabilityMark.tsx';
import { HeardSignal } from './HeardSignal.tsx';
import { DeviceSigns } from './DeviceSigns.tsx';

export function DeviceLine({ device }: { device: Device }) {
  const { t } = useTranslation();
  const address = useReferenceName('dwellings', device.dwellingId);
  return (
    <Link
      className="record-line"
      to={`/devices/${encodeURIComponent(device.id)}`}
      data-testid={`device-${device.id}`}
    >
      <AvailabilityMark availability={device.availability} />
      <span className="line-main">
        <strong>{device.name === '' ? device.id : device.name}</strong>
        <span className="dim">
          {[t(`deviceType.${device.type}`), device.room].filter((part) => part !== '').join(' · ')}
        </span>
        {!device.isRegistered && device.retiredAt === undefined && (
          <span className="state-mark">? {t('devicePage.isUnregistered')}</span>
        )}
        {device.retiredAt !== undefined && <span className="state-mark">✕ {t('life.isRetired')}</span>}
        {!device.isRegistered && <HeardSignal deviceId={device.id} />}
      </span>
      <span className="line-side">
        {address} {device.name !== '' && <code>{device.id}</code>}
      </span>
      <span className="line-end dim">
        <DeviceSigns device={device} />
      </span>
    </Link>
  );
}
