import { priorities } from '@carebell/contracts/alarm-kinds.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';
import { urgencyOrder } from '../alarm-queue/queue-order.ts';
import { clockTime } from '../app/instants.ts';
import { useAlarmBook, useFeedLink, useIsTrusted, useNow } from '../live-feed/feed-context.ts';
import { FeedPill } from '../live-feed/FeedPill.tsx';
import { feedStateOf } from '../live-feed/feed-state.ts';
import { useSession } from '../log-in/session.ts';
import { WallLine } from './WallLine.tsx';
import './wall-screen.css';

/** More lines than these could not be read from five metres on one screen. */
const linesShown = 6;

/** For a large screen in the room: what waits and who has what, readable at five metres, without any control. */
export function WallScreenPage() {
  const { t } = useTranslation();
  const { session } = useSession();
  const { alarms } = useAlarmDesk();
  const { isFilled } = useAlarmBook();
  const isTrusted = useIsTrusted();
  const sorted = useMemo(() => [...alarms.values()].toSorted(urgencyOrder), [alarms]);
  const shown = sorted.slice(0, linesShown);
  return (
    <main className="wall-screen">
      <header className="wall-screen-head">
        <Link to="/" aria-label={t('wallScreen.leave')} title={t('wallScreen.leave')}>
          {session.user.organisationName || t('product.name')}
        </Link>
        <FeedPill />
        <WallClock />
      </header>
      <ul className="wall-tally">
        {priorities.map((priority) => {
          const all = sorted.filter((alarm) => alarm.priority === priority);
          const waiting = all.filter((alarm) => alarm.phase === 'raised').length;
          return (
            <li key={priority} data-priority={priority} data-waiting={waiting > 0}>
              <span>{t(`priority.${priority}`)}</span>
              <strong>{waiting}</strong>
              <small>
                {t('wallScreen.waiting')} · {all.length - waiting} {t('wallScreen.inHand')}
              </small>
            </li>
          );
        })}
      </ul>
      {shown.length === 0 ? (
        <output className="wall-nothing" data-trusted={isTrusted}>
          {isTrusted ? t(isFilled ? 'wallScreen.nothing' : 'queue.loading') : t('wallScreen.noSignal')}
        </output>
      ) : (
        <ol className="wall-lines" data-testid="wall-lines">
          {shown.map((alarm) => (
            <WallLine key={alarm.id} alarm={alarm} />
          ))}
        </ol>
      )}
      {sorted.length > shown.length && (
        <p className="wall-more">{t('wallScreen.more', { n: sorted.length - shown.length })}</p>
      )}
    </main>
  );
}

function WallClock() {
  const { t } = useTranslation();
  const { session } = useSession();
  const link = useFeedLink();
  const now = useNow();
  const { since } = feedStateOf(link, now);
  const isTrusted = useIsTrusted();
  const { timeZone } = session.hub;
  return (
    <>
      {!isTrusted && (
        <strong className="wall-stale" role="alert">
          {t('wall.staleSince', { time: clockTime(since + link.clockOffsetMs, timeZone) })}
        </strong>
      )}
      <time>{clockTime(now + link.clockOffsetMs, timeZone)}</time>
    </>
  );
}
