import { useTranslation } from 'react-i18next';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { useAbsencesOf } from './absence-queries.ts';
import { isNews } from './absence-times.ts';
import { AbsenceEditor } from './AbsenceEditor.tsx';
import { AbsenceBadge, AbsenceSign } from './AbsenceSign.tsx';
import { useAbsenceText } from './use-absence-text.ts';
import '../hand-over/hand-over.css';
import './absence.css';

/** Beside the name: where the resident is said to be, or that they are back since the other day. */
export function ResidentAbsence({ residentId }: { residentId: string }) {
  const { t } = useTranslation();
  const text = useAbsenceText();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  const absences = useAbsencesOf(residentId).data?.items ?? [];
  const running = absences.find(({ phase }) => phase === 'running');
  if (running !== undefined) return <AbsenceBadge absence={running} />;
  const ended = absences.find(({ phase, endedAt }) => phase === 'over' && isNews(endedAt, hubNow));
  if (ended?.endedAt === undefined || ended.endedAt === null) return null;
  const kind = t(`absence.kind.${ended.kind}`);
  const time = text.time(ended.endedAt);
  return (
    <span className="absence-ended" data-testid="absence-ended">
      {ended.endedBy === null
        ? t('absence.endedByItself', { kind, time })
        : t('absence.endedBy', { kind, time, name: ended.endedBy.displayName })}
    </span>
  );
}

/** A resident's absences, now, next and past. */
export function ResidentAbsences({ residentId }: { residentId: string }) {
  const { t } = useTranslation();
  const text = useAbsenceText();
  const past = (useAbsencesOf(residentId).data?.items ?? []).filter(({ phase }) => phase === 'over');
  return (
    <div className="resident-absences">
      <AbsenceEditor residentId={residentId} />
      {past.length > 0 && (
        <>
          <h2>{t('absence.past')}</h2>
          <ul className="record-lines" data-testid="past-absences">
            {past.map((absence) => (
              <li key={absence.id} className="record-line">
                <span className="line-main">
                  <AbsenceSign kind={absence.kind} />
                  <strong>{text.since(absence)}</strong>
                  <span className="dim">{absence.note}</span>
                </span>
                <span className="line-side">
                  {absence.endedBy === null
                    ? t('absence.byItself')
                    : t('absence.by', { name: absence.endedBy.displayName })}
                </span>
                <time className="line-end">{absence.endedAt !== null && text.time(absence.endedAt)}</time>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
