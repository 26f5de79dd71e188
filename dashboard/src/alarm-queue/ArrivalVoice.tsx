import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { useArrivals } from '../alarm/use-arrivals.ts';

/** Tells a screen reader of each new alarm, the most urgent first. */
export function ArrivalVoice({ alarms }: { alarms: ReadonlyMap<string, ShownAlarm> }) {
  const { t } = useTranslation();
  const [arrived, setArrived] = useState<ShownAlarm>();
  useArrivals(alarms, ([first]) => setArrived(first));

  return (
    <div className="for-screen-readers" aria-live="assertive">
      {arrived !== undefined &&
        t('queue.newAlarm', {
          kind: t(`kind.${arrived.kind}`),
          name: arrived.residentName ?? t('queue.unknownResident'),
          address: arrived.address ?? t('queue.unknownAddress'),
        })}
    </div>
  );
}
