import type { Disposition } from '@carebell/contracts/dispositions.ts';
import { useTranslation } from 'react-i18next';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { useWhose } from '../alarm/whose.ts';
import { dayAndTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';

type Props = {
  alarm: ShownAlarm;
  isMeant: boolean;
  disposition: Disposition;
  offered: readonly Disposition[];
  onMeant: (isMeant: boolean) => void;
  onDisposition: (disposition: Disposition) => void;
};

/** What was wrong, since when it is well again, and with what outcome it is closed. */
export function RestoredRow({ alarm, isMeant, disposition, offered, onMeant, onDisposition }: Props) {
  const { t } = useTranslation();
  const { timeZone } = useSession().session.hub;
  const { name, address } = useWhose()(alarm);
  const kind = t(`kind.${alarm.kind}`);
  return (
    <li data-testid={`restored-${alarm.id}`}>
      <label>
        <input type="checkbox" checked={isMeant} onChange={(event) => onMeant(event.target.checked)} />
        <span className="restored-what">
          <strong>{kind}</strong> {name} <span className="dim">{address}</span>
        </span>
        <span className="restored-when">
          {t('restored.fromTo', {
            from: dayAndTime(alarm.pressedAt, timeZone),
            to: dayAndTime(alarm.cancelledAt ?? alarm.pressedAt, timeZone),
          })}
        </span>
      </label>
      <select
        className="plain-input"
        aria-label={`${t('close.disposition')} ${kind} ${name}`}
        value={disposition}
        disabled={!isMeant}
        onChange={(event) => onDisposition(offered.find((one) => one === event.target.value) ?? disposition)}
      >
        {offered.map((one) => (
          <option key={one} value={one}>
            {t(`disposition.${one}`)}
          </option>
        ))}
      </select>
    </li>
  );
}
