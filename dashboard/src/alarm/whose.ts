import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { useTranslation } from 'react-i18next';

type Named = Pick<
  AlarmView,
  'priority' | 'residentName' | 'address' | 'deviceName' | 'deviceId' | 'stationName' | 'heardAt'
>;

/** Of a thing and not of a person: a channel, a gateway, a station's screens, the hub itself. */
export function isOfThing({ priority, residentName }: Pick<Named, 'priority' | 'residentName'>): boolean {
  return priority === 'technical' && residentName === null;
}

/** Whom an alarm is about and where that is, in words. */
export function useWhose(): (alarm: Named) => { name: string; address: string } {
  const { t } = useTranslation();
  const thing = (deviceId: string): string => {
    if (deviceId === 'hub') return t('thing.hub');
    return deviceId.startsWith('screens:') ? t('thing.screens') : deviceId;
  };
  /** Nobody has entered the device: it is near the gateway that heard it. */
  const nearGateway = ({ heardAt }: Named) =>
    heardAt &&
    t('queue.nearGateway', {
      place: heardAt.address ?? (heardAt.name === '' ? heardAt.gatewayId : heardAt.name),
    });
  return (alarm) => {
    if (!isOfThing(alarm)) {
      return {
        name: alarm.residentName ?? t('queue.unknownResident'),
        address: alarm.address ?? nearGateway(alarm) ?? t('queue.unknownAddress'),
      };
    }
    const { deviceId, deviceName } = alarm;
    return {
      name: deviceName === null || deviceName === '' ? thing(deviceId) : deviceName,
      address: alarm.address ?? alarm.stationName ?? t('thing.everywhere'),
    };
  };
}
