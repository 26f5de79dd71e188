import type { Board } from '@carebell/contracts/boards.ts';
import { lazy, Suspense, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { clockTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { boardPath, useBoard } from '../boards/board-query.ts';
import { useFeedLink, useIsTrusted, useNow } from '../live-feed/feed-context.ts';
import { FeedPill } from '../live-feed/FeedPill.tsx';
import { feedStateOf } from '../live-feed/feed-state.ts';
import { useSession } from '../log-in/session.ts';
import { areStatesStale, useMap } from '../place-map/map-query.ts';
import { percent } from '../report/percent.ts';
import { AnswerTimes } from './AnswerTimes.tsx';
import { OpenTally } from './OpenTally.tsx';
import '../place-map/place-map.css';
import './big-screen.css';

const MapCanvas = lazy(async () => ({ default: (await import('../place-map/MapCanvas.tsx')).MapCanvas }));

const staleAfterMs = 150_000;
const nothing = (): void => undefined;

/** For the large screen of a street or district: how it is now, without a name on it and without any control. */
export function BigScreenPage() {
  const [night, setNight] = useState<HTMLDivElement | null>(null);
  // Painted charts take their colours from the dark part of the page, so that it must be there before them.
  return (
    <div ref={setNight} className="big-night" data-theme="night">
      {night !== null && <BigScreen />}
    </div>
  );
}

function BigScreen() {
  const { t } = useTranslation();
  const { session } = useSession();
  const id = session.user.organisationId;
  const { data: board, error, refetch, dataUpdatedAt } = useBoard({ id, grid: null }, 'day');
  const map = useMap(id);
  const now = useNow();
  const isTrusted = useIsTrusted();
  const isOld = error !== null || now - dataUpdatedAt > staleAfterMs || areStatesStale(map.statesAtMs, now);
  return (
    <main className="big-screen" data-stale={!isTrusted || (board !== undefined && isOld)}>
      <header className="big-head">
        <Link to={boardPath({ id, grid: null })} aria-label={t('bigScreen.leave')}>
          {session.user.organisationName || t('product.name')}
        </Link>
        <FeedPill />
        <BigClock isOld={board !== undefined && isOld} />
      </header>
      {board === undefined && error !== null && (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      )}
      {board === undefined && error === null && <PageLoading />}
      {board !== undefined && (
        <>
          <OpenTally />
          <div className="big-middle">
            {map.frame !== undefined && map.places !== undefined && (
              <Suspense fallback={null}>
                <MapCanvas
                  frame={map.frame}
                  places={map.places}
                  states={map.states?.items ?? []}
                  onPick={nothing}
                  isStill
                />
              </Suspense>
            )}
          </div>
          <Figures board={board} silent={map.states?.items.reduce((sum, { silent }) => sum + silent, 0)} />
          <AnswerTimes numbers={board.numbers.cases} />
        </>
      )}
    </main>
  );
}

function Figures({ board, silent }: { board: Board; silent: number | undefined }) {
  const { t } = useTranslation();
  const { cases, visits, requests, devices, use } = board.numbers;
  const missed = cases.missed.reduce((sum, { count }) => sum + count, 0);
  return (
    <dl className="big-figures">
      <Figure name={t('numbers.name.cases')} value={String(cases.cases)}>
        {t('bigScreen.day')} · {t('numbers.name.missedCount')} {missed}
      </Figure>
      <Figure name={t('numbers.name.visitRate')} value={percent(visits.share)}>
        {visits.done} / {visits.due}
      </Figure>
      <Figure name={t('numbers.name.requestsAsked')} value={String(requests.all.asked)}>
        {t('board.requestsDone', { n: requests.all.done, ...requests.all.taken })}
      </Figure>
      <Figure name={t('bigScreen.silent')} value={silent === undefined ? '—' : String(silent)}>
        {t('numbers.name.heard')} {percent(devices.heard.share)}
      </Figure>
      <Figure name={t('numbers.name.tested')} value={percent(devices.tested.share)}>
        {t('numbers.name.lowBattery')} {devices.lowBattery}
      </Figure>
      <Figure
        name={t('numbers.name.screens')}
        value={use === null ? '—' : `${use.screens.met} / ${use.screens.of}`}
      >
        {t('numbers.name.loggedIn')} {use === null ? '—' : `${use.loggedIn.met} / ${use.loggedIn.of}`}
      </Figure>
    </dl>
  );
}

function Figure({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        <span>{children}</span>
      </dd>
    </div>
  );
}

function BigClock({ isOld }: { isOld: boolean }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const link = useFeedLink();
  const now = useNow();
  const isTrusted = useIsTrusted();
  const { since } = feedStateOf(link, now);
  const { timeZone } = session.hub;
  return (
    <>
      {!isTrusted && (
        <strong className="big-stale" role="alert" data-testid="big-stale">
          {t('wall.staleSince', { time: clockTime(since + link.clockOffsetMs, timeZone) })}
        </strong>
      )}
      {isTrusted && isOld && (
        <strong className="big-stale" role="alert">
          {t('bigScreen.old')}
        </strong>
      )}
      <time>{clockTime(now + link.clockOffsetMs, timeZone)}</time>
    </>
  );
}
