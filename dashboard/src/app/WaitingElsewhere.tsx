import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { useWhose } from '../alarm/whose.ts';
import { urgencyOrder } from '../alarm-queue/queue-order.ts';
import { usePainted } from '../live-feed/use-painted.ts';

/** On every page but the wall: the most urgent alarm that waits, so that no one misses it while looking something up. */
export function WaitingElsewhere() {
  const { pathname } = useLocation();
  const { alarms } = useAlarmDesk();
  if (pathname === '/') return null;
  const waiting = [...alarms.values()]
    .filter(
      (alarm) =>
        alarm.phase === 'raised' &&
        (alarm.priority === 'emergency' || alarm.priority === 'urgent') &&
        pathname !== `/alarms/${alarm.id}`,
    )
    .toSorted(urgencyOrder);
  const [first] = waiting;
  return first === undefined ? null : <Strip alarm={first} count={waiting.length} />;
}

function Strip({ alarm, count }: { alarm: ShownAlarm; count: number }) {
  const { t } = useTranslation();
  const ref = usePainted<HTMLAnchorElement>(alarm);
  const { name, address } = useWhose()(alarm);
  return (
    <div role="alert">
      <Link
        ref={ref}
        to={`/alarms/${alarm.id}`}
        className="elsewhere"
        data-priority={alarm.priority}
        data-testid="waiting-elsewhere"
      >
        <strong>{t('queue.elsewhere', { n: count })}</strong>
        <span>
          {alarm.drillId !== undefined && `${t('mark.drill')} · `}
          {alarm.testId !== undefined && `${t('mark.test')} · `}
          {t(`kind.${alarm.kind}`)} · {name} · {address}
        </span>
      </Link>
    </div>
  );
}
