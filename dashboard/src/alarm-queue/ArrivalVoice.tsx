import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { urgencyOrder } from './queue-order.ts';

/** Tells a screen reader of each new alarm, the most urgent first. */
export function ArrivalVoice({ alarms }: { alarms: ReadonlyMap<string, ShownAlarm> }) {
  const { t } = useTranslation();
  const told = useRef<ReadonlyMap<string, ShownAlarm>>(new Map());
  const [arrived, setArrived] = useState<ShownAlarm>();

  useEffect(() => {
    const fresh = [...alarms.values()].filter(
      (alarm) => alarm.phase === 'raised' && !told.current.has(alarm.id),
    );
    told.current = alarms;
    const [first] = fresh.toSorted(urgencyOrder);
    if (first !== undefined) setArrived(first);
  }, [alarms]);

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
