import { priorities } from '@carebell/contracts/alarm-kinds.ts';
import type { Priority } from '@carebell/contracts/alarm-kinds.ts';
import { useTranslation } from 'react-i18next';
import type { ShownAlarm } from '../alarm/pending-steps.ts';

/** Per priority how many wait and how many are open, always in the same four places. */
export function Tally({ alarms }: { alarms: ReadonlyMap<string, ShownAlarm> }) {
  const { t } = useTranslation();
  const counts = countByPriority(alarms);
  return (
    <ul className="tally" aria-label={t('product.wall')}>
      {priorities.map((priority) => {
        const { all, waiting } = counts[priority];
        return (
          <li
            key={priority}
            data-priority={priority}
            data-waiting={waiting > 0}
            data-testid={`tally-${priority}`}
            aria-label={`${t(`priority.${priority}`)}: ${t('queue.tally', { waiting, all })}`}
          >
            <span>{t(`priority.${priority}`)}</span>
            <strong>{waiting}</strong>
            <small>/ {all}</small>
          </li>
        );
      })}
    </ul>
  );
}

function countByPriority(alarms: ReadonlyMap<string, ShownAlarm>) {
  const counts = Object.fromEntries(
    priorities.map((priority) => [priority, { all: 0, waiting: 0 }]),
  ) as Record<Priority, { all: number; waiting: number }>;
  for (const { priority, phase } of alarms.values()) {
    counts[priority].all += 1;
    if (phase === 'raised') counts[priority].waiting += 1;
  }
  return counts;
}
