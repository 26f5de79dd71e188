import { priorities } from '@carebell/contracts/alarm-kinds.ts';
import { useTranslation } from 'react-i18next';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';
import { Elapsed } from '../alarm/Elapsed.tsx';

/** Open alarms by priority with the age of the oldest that nobody has; nothing says whose they are. */
export function OpenTally() {
  const { t } = useTranslation();
  const { alarms } = useAlarmDesk();
  const real = [...alarms.values()].filter(({ drillId }) => drillId === undefined);
  return (
    <ul className="big-tally" data-testid="big-tally">
      {priorities.map((priority) => {
        const own = real.filter((alarm) => alarm.priority === priority);
        const waiting = own.filter(({ phase }) => phase === 'raised');
        const [oldest] = waiting.toSorted((a, b) => a.pressedAt.localeCompare(b.pressedAt));
        return (
          <li key={priority} data-priority={priority} data-waiting={waiting.length > 0}>
            <span>{t(`priority.${priority}`)}</span>
            <strong>{waiting.length}</strong>
            <small>
              {t('wallScreen.waiting')} · {own.length - waiting.length} {t('wallScreen.inHand')}
            </small>
            {oldest !== undefined && <Elapsed since={oldest.pressedAt} className="big-age" />}
          </li>
        );
      })}
    </ul>
  );
}
