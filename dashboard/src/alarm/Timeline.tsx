import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { clockTime, dayAndTime, hop } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';
import { hopsOf, latestReassurance } from './hops.ts';
import { useStepText } from './step-text.ts';

type Props = { entries: readonly TimelineEntry[] | undefined; note: string | undefined };

/** Every step in words, with the time since the one before; and what the resident knows. */
export function Timeline({ entries, note }: Props) {
  const { t } = useTranslation();
  const { session } = useSession();
  const stepText = useStepText();
  const { timeZone } = session.hub;
  const panel = useRef<HTMLElement>(null);
  const length = entries?.length;
  const told = latestReassurance(entries ?? []);
  const isDrill = entries?.some((entry) => entry.step === 'raised' && entry.drill !== undefined) === true;
  useEffect(() => {
    // The latest step is what matters while the alarm is open.
    panel.current?.scrollTo({ top: length === undefined ? 0 : panel.current.scrollHeight });
  }, [length]);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long one scrolls, by keys too
    <section ref={panel} className="panel panel-timeline" aria-label={t('alarm.timeline')} tabIndex={0}>
      <p className="told" data-told={told !== undefined} data-testid="reassurance">
        <span>{t('reassurance.title')}</span>
        <strong>
          {isDrill
            ? t('mark.drillNotTold')
            : told === undefined
              ? t('reassurance.none')
              : `✓ ${t(`reassurance.${told}`)}`}
        </strong>
      </p>
      <h3>{t('alarm.timeline')}</h3>
      {note !== undefined && <p className="warning">{note}</p>}
      <ol className="timeline" data-testid="timeline">
        {hopsOf(entries ?? []).map(({ entry, sincePreviousMs }) => (
          <li key={entry.seq} data-testid={`timeline-${entry.step}`} data-step={entry.step}>
            <time dateTime={entry.at} title={dayAndTime(entry.at, timeZone)}>
              {clockTime(entry.at, timeZone)}
            </time>
            <span className="hop" title={t('alarm.sincePrevious')}>
              {hop(sincePreviousMs)}
            </span>
            <span className="step">
              {stepText(entry)}
              {'note' in entry && entry.note !== '' && <q className="step-note">{entry.note}</q>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
