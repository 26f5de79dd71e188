import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import { useTranslation } from 'react-i18next';
import { clockTime, dayAndTime, elapsed } from '../app/instants.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { nextSteps } from './next-steps.ts';
import type { ShownAlarm } from './pending-steps.ts';
import { toldPeople } from './told-people.ts';
import { useToldText } from './told-text.ts';

const signs = {
  waiting: '…',
  'on-its-way': '→',
  delivered: '✓',
  failed: '!',
  'given-up': '✕',
  withdrawn: '–',
  'asked-by-phone': '☎',
  practised: '·',
} as const;

/** What happens next and when, what was missed, who is coming, who was told and how it went. */
export function EscalationPanel({
  alarm,
  timeline,
}: {
  alarm: ShownAlarm;
  timeline: readonly TimelineEntry[] | undefined;
}) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { timeZone } = session.hub;
  const missed = alarm.escalation?.missed ?? [];
  const responders = alarm.responders ?? [];
  const told = toldPeople(timeline ?? []);
  const toldText = useToldText();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long one scrolls, by keys too
    <section className="panel panel-escalation" aria-label={t('next.title')} tabIndex={0}>
      <h3>{t('next.title')}</h3>
      <NextSteps alarm={alarm} />
      {missed.length > 0 && (
        <ul className="missed-deadlines" data-testid="missed-deadlines">
          {missed.map(({ deadline, reason, dueAt }) => (
            <li key={deadline}>
              ⚠{' '}
              {t('step.deadline-missed', {
                deadline: t(`missedDeadline.${deadline}`),
                reason: t(`missReason.${reason}`),
              })}{' '}
              <time dateTime={dueAt}>{clockTime(dueAt, timeZone)}</time>
            </li>
          ))}
        </ul>
      )}
      {responders.length > 0 && (
        <ul className="told-people" data-testid="responders">
          {responders.map(({ id, displayName, report, at }) => (
            <li key={id} data-is={report}>
              <strong>{t(`responder.${report}`, { person: displayName })}</strong>
              <time dateTime={at}>{dayAndTime(at, timeZone)}</time>
            </li>
          ))}
        </ul>
      )}
      {told.length > 0 && (
        <>
          <h4>{t('next.told')}</h4>
          <ul className="told-people" data-testid="told-people">
            {told.map((one) => (
              <li key={one.id} data-is={one.is} data-report={one.report ?? undefined}>
                <span>
                  <span aria-hidden="true">{signs[one.is]} </span>
                  <strong>{one.person}</strong> {toldText(one)}
                </span>
                <time dateTime={one.at}>{clockTime(one.at, timeZone)}</time>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function NextSteps({ alarm }: { alarm: ShownAlarm }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  const steps = nextSteps(alarm);
  if (steps.length === 0) return <p className="dim">{t('next.nothing')}</p>;
  return (
    <ol className="next-steps" data-testid="next-steps">
      {steps.map(({ what, atMs }) => (
        <li key={what} data-what={what}>
          <time dateTime={new Date(atMs).toISOString()} title={dayAndTime(atMs, session.hub.timeZone)}>
            {atMs > hubNow ? t('next.in', { time: elapsed(atMs - hubNow) }) : t('next.now')}
          </time>
          <span>{t(`next.${what}`)}</span>
        </li>
      ))}
    </ol>
  );
}
