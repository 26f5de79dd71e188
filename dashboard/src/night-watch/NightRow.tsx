import type { NightResident } from '@carebell/contracts/night.ts';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AbsenceBadge } from '../absence/AbsenceSign.tsx';
import { clockTime } from '../app/instants.ts';
import { durationText } from '../escalation/duration-text.ts';
import { NightStrip } from './NightStrip.tsx';
import type { Strip } from './night-strip.ts';

const minuteMs = 60_000;

type Props = {
  resident: NightResident;
  strip: Strip | undefined;
  stripLabel: string;
  isSelected: boolean;
  /** The hub's clock. */
  nowMs: number;
  timeZone: string;
  onSelect: () => void;
};

/** One resident of the night: where, for how long, and everything that a person looks for next. */
export function NightRow(props: Props) {
  const { resident, strip, stripLabel, isSelected, nowMs, timeZone, onSelect } = props;
  const { t } = useTranslation();
  const ref = useRef<HTMLLIElement>(null);
  const { residentId, careBedId, name, address, place, since, alarms, outOfBedSince, limitMinutes } =
    resident;
  const isOut = place === 'out-of-bed' || place === 'bathroom';
  const countedSince = isOut ? (outOfBedSince ?? since) : since;
  const minutes = countedSince === null ? null : Math.floor((nowMs - Date.parse(countedSince)) / minuteMs);
  const isLimited = isOut && limitMinutes !== null && minutes !== null;
  useEffect(() => {
    if (isSelected) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  return (
    // A pointer's short cut to what the keys ↑ ↓ do for the whole list.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <li
      ref={ref}
      className="night-row"
      aria-current={isSelected}
      data-testid={`night-${residentId}`}
      data-place={place}
      data-alarm={alarms.some(({ isAnswered }) => !isAnswered)}
      onClick={onSelect}
    >
      <div className="night-place">
        <strong>{t(`night.place.${place}`)}</strong>
        {minutes !== null && (
          <span className="night-long">{durationText(t, Math.max(0, minutes) * minuteMs)}</span>
        )}
        {isLimited && (
          <span className="night-limit">
            <progress value={Math.min(minutes, limitMinutes)} max={limitMinutes} aria-hidden="true" />
            {t('night.limit', { time: durationText(t, limitMinutes * minuteMs) })}
          </span>
        )}
      </div>
      <div className="night-who">
        <Link to={`/residents/${encodeURIComponent(residentId)}/life`}>{name}</Link>
        {careBedId !== undefined && (
          <Link className="night-care-bed" to={`/care-beds/${encodeURIComponent(careBedId)}`}>
            {t('section.careBeds')}
          </Link>
        )}
        <span title={address}>{address}</span>
      </div>
      <NightFacts resident={resident} timeZone={timeZone} />
      {strip !== undefined && <NightStrip strip={strip} label={stripLabel} />}
    </li>
  );
}

function NightFacts({ resident, timeZone }: { resident: NightResident; timeZone: string }) {
  const { t } = useTranslation();
  const { place, since, outOfBedSince, lastSign, doorOpenSince, doorOpenedAt, sensors, absence, alarms } =
    resident;
  const time = (instant: string): string => clockTime(instant, timeZone).slice(0, 5);
  return (
    <ul className="night-facts">
      {alarms.map(({ id, kind, isAnswered }) => (
        <li key={id} className="night-alarm" data-answered={isAnswered}>
          <Link to={`/alarms/${encodeURIComponent(id)}`}>
            {t(isAnswered ? 'night.alarmAnswered' : 'night.alarm', { kind: t(`kind.${kind}`) })}
          </Link>
        </li>
      ))}
      {since !== null && <li>{t('night.since', { time: time(since) })}</li>}
      {place === 'bathroom' && outOfBedSince !== null && (
        <li>{t('night.outOfBed', { time: time(outOfBedSince) })}</li>
      )}
      {doorOpenSince !== null && (
        <li className="night-warning">{t('night.doorOpen', { time: time(doorOpenSince) })}</li>
      )}
      {doorOpenSince === null && doorOpenedAt !== null && (
        <li>{t('night.doorOpened', { time: time(doorOpenedAt) })}</li>
      )}
      <li>
        {lastSign === null
          ? t('night.noSign')
          : `${t('night.lastSign', { time: time(lastSign.at) })} ${lastSign.room}`}
      </li>
      {sensors.gone > 0 && <li className="night-warning">{t('night.gone', sensors)}</li>}
      {absence !== null && absence.kind === 'carer-present' && <li>{t('night.carer')}</li>}
      {absence !== null && absence.kind !== 'carer-present' && since !== null && (
        <li>
          <AbsenceBadge absence={{ id: '', kind: absence.kind, from: since, until: absence.until }} />
        </li>
      )}
    </ul>
  );
}
