import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { clockTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';
import { useAbsentResidents } from './absence-queries.ts';
import { AbsenceSign } from './AbsenceSign.tsx';
import { useAbsenceText } from './use-absence-text.ts';
import './absence.css';

/** Names that one line has room for. */
const namesShown = 4;

/** On the wall: who is not at home as usual, so that nobody wonders at a silent home or an alarm from an empty one. */
export function AwayLine() {
  const { t } = useTranslation();
  const { session, may } = useSession();
  const text = useAbsenceText();
  const [isOpen, setOpen] = useState(false);
  const { data, error, dataUpdatedAt } = useAbsentResidents(may('absence.read'));
  const absent = data?.items ?? [];
  if (absent.length === 0) return null;
  const names = absent.slice(0, namesShown).map(({ residentName }) => residentName);
  const isMore = absent.length > namesShown || data?.cursor !== null;
  return (
    <section className="away-line" data-testid="away-line" data-stale={error !== null}>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <strong>{t('absence.count', { n: `${absent.length}${data?.cursor === null ? '' : '+'}` })}</strong>
        <span>
          {names.join(t('absence.comma'))}
          {isMore && ' …'}
        </span>
        {error !== null && (
          <em>{t('absence.asOf', { time: clockTime(dataUpdatedAt, session.hub.timeZone) })}</em>
        )}
        <i aria-hidden="true">{isOpen ? '▴' : '▾'}</i>
      </button>
      {isOpen && (
        <ul>
          {absent.map((absence) => (
            <li key={absence.id} data-testid={`away-${absence.residentId}`}>
              <AbsenceSign kind={absence.kind} />
              <Link to={`/residents/${encodeURIComponent(absence.residentId)}/absences`}>
                {absence.residentName}
              </Link>
              <span>{text.since(absence)}</span>
              <span>{text.until(absence)}</span>
              <span className="dim">{absence.address}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
