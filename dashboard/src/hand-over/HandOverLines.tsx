import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayAndTime, elapsed } from '../app/instants.ts';
import { useWhose } from '../alarm/whose.ts';

type Props = { alarm: AlarmView; timeZone: string };

export const OpenLine = memo(function OpenLine({ alarm, timeZone }: Props) {
  const { t } = useTranslation();
  return (
    <Line
      alarm={alarm}
      time={dayAndTime(alarm.pressedAt, timeZone)}
      outcome={
        alarm.owner === null
          ? `! ${t('handOver.waiting')}`
          : t('handOver.by', { name: alarm.owner.displayName })
      }
      detail={t(`phase.${alarm.phase}`)}
    />
  );
});

export const ClosedLine = memo(function ClosedLine({ alarm, timeZone }: Props) {
  const { t } = useTranslation();
  const closedAt = alarm.closedAt ?? alarm.raisedAt;
  const took = elapsed(Date.parse(closedAt) - Date.parse(alarm.pressedAt));
  const by = alarm.owner === null ? '' : t('handOver.by', { name: alarm.owner.displayName });
  return (
    <Line
      alarm={alarm}
      time={dayAndTime(closedAt, timeZone)}
      outcome={alarm.disposition === null ? '—' : t(`disposition.${alarm.disposition}`)}
      detail={`${by} · ${t('handOver.duration', { time: took })}`}
    />
  );
});

type LineProps = { alarm: AlarmView; time: string; outcome: string; detail: string };

function Line({ alarm, time, outcome, detail }: LineProps) {
  const { t } = useTranslation();
  const { name, address } = useWhose()(alarm);
  return (
    <li data-phase={alarm.phase} data-priority={alarm.priority}>
      <Link to={`/alarms/${alarm.id}`}>
        <time>{time}</time>
        <span className="hand-over-what">
          <strong>
            {alarm.drillId !== undefined && `${t('mark.drill')} · `}
            {alarm.testId !== undefined && `${t('mark.test')} · `}
            {t(`priority.${alarm.priority}`)} · {t(`kind.${alarm.kind}`)}
          </strong>
          <span>
            {name} · {address}
          </span>
        </span>
        <span className="hand-over-outcome">
          <strong>{outcome}</strong>
          <span className="dim">{detail}</span>
        </span>
      </Link>
    </li>
  );
}
