import type { DueResident } from '@carebell/contracts/visits.ts';
import { useTranslation } from 'react-i18next';
import { dayAndTime, deadlineTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';

type Owed = DueResident['owed'][number];

/** What is owed to a resident: by when, whose matter it is, and who was told that it is overdue. */
export function OwedLines({ owed }: { owed: readonly Owed[] }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const at = (instant: string) => dayAndTime(instant, session.hub.timeZone).slice(0, -3);
  return (
    <ul className="visit-owed">
      {owed.map(({ id, cause, until, phase, escalatedTo, told }) => (
        <li key={id} data-phase={phase}>
          {t(`visit.cause.${cause}`)}{' '}
          {phase === 'excused'
            ? t('visitRate.phase.excused')
            : t(phase === 'missed' ? 'visit.late' : 'visit.until', {
                time: deadlineTime(until, session.hub.timeZone),
              })}
          {escalatedTo !== null && ` · ${t('visit.escalated', { to: t(`visit.tier.${escalatedTo}`) })}`}
          {told.map(({ tier, first, last }) => (
            <small key={tier} data-testid={`told-${tier}`}>
              {first === null || last === null
                ? t('visit.notTold', { to: t(`visit.place.${tier}`) })
                : first === last
                  ? t('visit.told', { to: t(`visit.place.${tier}`), time: at(first) })
                  : t('visit.toldAgain', {
                      to: t(`visit.place.${tier}`),
                      time: at(first),
                      last: at(last),
                    })}
            </small>
          ))}
        </li>
      ))}
    </ul>
  );
}
