import type { MapState, MapStates } from '@carebell/contracts/map.ts';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams } from 'react-router';
import { clockTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { boardPath } from '../boards/board-query.ts';
import { useIsTrusted, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { ChosenHome } from './ChosenHome.tsx';
import { areStatesStale, useMap } from './map-query.ts';
import { OutlineForm } from './OutlineForm.tsx';
import '../app/lists.css';
import '../history/history.css';
import '../registry-forms/registry.css';
import './place-map.css';

const MapCanvas = lazy(async () => ({ default: (await import('./MapCanvas.tsx')).MapCanvas }));

/** More lines than these nobody reads; the map shows them all. */
const linesAtMost = 100;
const told = ['alarm', 'silent', 'away'] as const satisfies readonly MapState[];

/** Where homes and stations stand, and what is there. */
export function MapPage() {
  const { session } = useSession();
  const { id } = useParams();
  if (id === undefined)
    return <Navigate to={`/map/${encodeURIComponent(session.user.organisationId)}`} replace />;
  return <MapOf key={id} id={id} />;
}

function MapOf({ id }: { id: string }) {
  const { t } = useTranslation();
  const { may, session } = useSession();
  const { frame, places, states, error, retry, statesAtMs } = useMap(id);
  const [chosenId, choose] = useState<string>();
  const isTrusted = useIsTrusted() || !may('alarm.watch');
  const isStale =
    areStatesStale(statesAtMs, useNow()) || !isTrusted || (error !== null && states !== undefined);
  const isThere = frame !== undefined && places !== undefined && states !== undefined;
  return (
    <main className="list-page map-page">
      <SectionTabs section="numbers" />
      <header>
        <h1>
          {frame?.name || t('board.whole')} <small>{t('map.title')}</small>
        </h1>
        {frame !== undefined && frame.unplaced > 0 && (
          <p className="dim">{t('map.unplaced', { n: frame.unplaced })}</p>
        )}
        <nav className="list-tools" aria-label={t('board.beside')}>
          <Link className="step-button" to={boardPath({ id, grid: null })}>
            {t('board.title')}
          </Link>
        </nav>
      </header>
      {error !== null && !isThere && <ProblemNotice error={error} onRetry={retry} />}
      {error === null && !isThere && <PageLoading />}
      {isThere && (
        <>
          {isStale && (
            <p className="history-stale" role="alert" data-testid="map-stale">
              {t('history.stale', { time: clockTime(states.at, session.hub.timeZone) })}
            </p>
          )}
          {frame.placed === 0 && frame.stations.length === 0 && frame.outlines.length === 0 && (
            <p className="list-empty">{t('map.empty')}</p>
          )}
          <div className="map-frame" data-stale={isStale}>
            <Suspense fallback={<PageLoading />}>
              <MapCanvas
                frame={frame}
                places={places}
                states={states.items}
                chosenId={chosenId}
                onPick={choose}
              />
            </Suspense>
            <aside className="map-side">
              <p className="dim">{t('map.keys')}</p>
              {chosenId !== undefined && (
                <ChosenHome
                  key={chosenId}
                  id={chosenId}
                  item={states.items.find(({ dwellingId }) => dwellingId === chosenId)}
                  onLeave={() => choose(undefined)}
                />
              )}
              <ToldHomes items={states.items} chosenId={chosenId} onPick={choose} />
              {may('registry.write') && id !== 'root' && <OutlineForm organisationId={id} onDone={retry} />}
            </aside>
          </div>
        </>
      )}
    </main>
  );
}

type ToldProps = {
  items: MapStates['items'];
  chosenId: string | undefined;
  onPick: (id: string) => void;
};

/** The same by list, for keys and screen readers; what is quiet is counted nowhere here. */
function ToldHomes({ items, chosenId, onPick }: ToldProps) {
  const { t } = useTranslation();
  return (
    <>
      <ul className="map-legend">
        {told.map((state) => (
          <li key={state} data-state={state}>
            {t(`map.state.${state}`)} <strong>{items.filter((item) => item.state === state).length}</strong>
          </li>
        ))}
        <li data-state="quiet">{t('map.state.quiet')}</li>
      </ul>
      <ul className="map-told" data-testid="map-told">
        {told
          .flatMap((state) => items.filter((item) => item.state === state))
          .slice(0, linesAtMost)
          .map(({ dwellingId, state, address }) => (
            <li key={dwellingId} data-state={state}>
              <button type="button" aria-pressed={dwellingId === chosenId} onClick={() => onPick(dwellingId)}>
                <span className="map-sign">{t(`map.state.${state}`)}</span> {address}
              </button>
            </li>
          ))}
      </ul>
    </>
  );
}
