import type { Device } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';

/** Below this a button's battery is near its end. */
const lowBatteryPercent = 20;

/** Battery, signal, last seen: what is known of how a device is. */
export function DeviceSigns({ device }: { device: Device }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { battery, rssi, lastSeenAt } = device;
  return (
    <>
      {battery !== null && (
        <span className={battery < lowBatteryPercent ? 'warning' : undefined}>
          {battery < lowBatteryPercent && '! '}
          {t('devicePage.battery', { n: Math.round(battery) })}
        </span>
      )}
      {rssi !== null && <span>{t('devicePage.signal', { n: rssi })}</span>}
      <span>
        {lastSeenAt === null
          ? t('devicePage.neverSeen')
          : t('devicePage.lastSeen', { time: dayAndTime(lastSeenAt, session.hub.timeZone) })}
      </span>
    </>
  );
}
