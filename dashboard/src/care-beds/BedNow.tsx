import type { CareBed } from '@carebell/contracts/care-beds.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayAndTime } from '../app/instants.ts';
import { durationText } from '../escalation/duration-text.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';

const minuteMs = 60_000;

/** How it is with a bed now: alarms, where the resident is, who is away, and what it is short of. */
export function BedNow({ bed }: { bed: CareBed }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  const { timeZone } = session.hub;
  const { night, alarms, lacks, respite, absence, endedAt, endReason } = bed;
  const since = night?.outOfBedSince ?? night?.since ?? null;
  const minutes = since === null ? 0 : Math.floor((hubNow - Date.parse(since)) / minuteMs);
  return (
    <ul className="bed-now">
      {alarms.map(({ id, kind, isAnswered }) => (
        <li key={id} className="bed-alarm">
          <Link to={`/alarms/${encodeURIComponent(id)}`}>
            ! {t(`kind.${kind}`)} {isAnswered ? t('careBed.answered') : t('careBed.unanswered')}
          </Link>
        </li>
      ))}
      {night !== null && (
        <li>
          <strong>{t(`night.place.${night.place}`)}</strong>
          {minutes > 0 && ` ${durationText(t, minutes * minuteMs)}`}
        </li>
      )}
      {absence !== null && (
        <li>
          {t('careBed.absence', {
            kind: t(`absence.kind.${absence.kind}`),
            time: dayAndTime(absence.until, timeZone),
          })}
        </li>
      )}
      {respite !== null && (
        <li>
          {respite.standIn === null
            ? t('careBed.awayAlone', { name: respite.carer, time: dayAndTime(respite.until, timeZone) })
            : t('careBed.awayWith', {
                name: respite.carer,
                time: dayAndTime(respite.until, timeZone),
                other: respite.standIn.name,
              })}
        </li>
      )}
      {lacks.map((lack) => (
        <li key={lack} className="bed-lack">
          ⚠ {t(`careBed.lack.${lack}`)}
        </li>
      ))}
      {endedAt === null && lacks.length === 0 && <li className="bed-ready">✓ {t('careBed.ready')}</li>}
      {endedAt !== null && (
        <li>
          {t('careBed.endedAt', { time: dayAndTime(endedAt, timeZone) })} {endReason}
        </li>
      )}
    </ul>
  );
}
