import { priorities } from '@carebell/contracts/alarm-kinds.ts';
import { useTranslation } from 'react-i18next';
import type { ShownAlarm } from '../alarm/pending-steps.ts';

/** Per priority how many wait and how many are open, always in the same four places. */
export function Tally({ alarms }: { alarms: ReadonlyMap<string, ShownAlarm> }) {
  const { t } = useTranslation();
  return (
    <ul className="tally" aria-label={t('product.wall')}>
      {priorities.map((priority) => {
        const all = [...alarms.values()].filter((alarm) => alarm.priority === priority);
        const waiting = all.filter((alarm) => alarm.phase === 'raised').length;
        return (
          <li
            key={priority}
            data-priority={priority}
            data-waiting={waiting > 0}
            data-testid={`tally-${priority}`}
            aria-label={`${t(`priority.${priority}`)}: ${t('queue.tally', { waiting, all: all.length })}`}
          >
            <span>{t(`priority.${priority}`)}</span>
            <strong>{waiting}</strong>
            <small>/ {all.length}</small>
          </li>
        );
      })}
    </ul>
  );
}
