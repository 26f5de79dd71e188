import type { Board } from '@carebell/contracts/boards.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useParams, useSearchParams } from 'react-router';
import { useKeyCommands } from '../alarm-queue/use-key-commands.ts';
import { clockTime, dateAndTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useIsTrusted, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { TargetCards } from '../report/TargetCards.tsx';
import { BoardCards } from './BoardCards.tsx';
import { BoardCases, BoardResidents } from './BoardLists.tsx';
import { BoardParts } from './BoardParts.tsx';
import { boardPath, boardTimeNames, useBoard } from './board-query.ts';
import type { BoardAt, BoardTime } from './board-query.ts';
import '../app/lists.css';
import '../history/history.css';
import '../registry-forms/registry.css';
import '../report/report.css';
import './boards.css';

/** Two answers missed. */
const staleAfterMs = 150_000;

/** The numbers of one part of the organisation, and the way down to each part of it. */
export function BoardPage() {
  const { session } = useSession();
  const { id, grid } = useParams();
  if (id === undefined)
    return <Navigate to={boardPath({ id: session.user.organisationId, grid: null })} replace />;
  return <BoardOf at={{ id, grid: grid ?? null }} />;
}

function BoardOf({ at }: { at: BoardAt }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const [time, chooseTime] = useBoardTime();
  const { data: board, error, refetch, dataUpdatedAt, isPlaceholderData } = useBoard(at, time);
  const above = board?.path.at(-1);
  useKeyCommands((command) => {
    if (command !== 'leave' || above === undefined) return false;
    void navigate(boardPath({ id: above.id, grid: null }));
    return true;
  });
  return (
    <main className="list-page numbers board" aria-busy={isPlaceholderData}>
      <SectionTabs section="numbers" />
      <header>
        <div>
          {board !== undefined && <BoardCrumbs board={board} />}
          <h1>{board === undefined ? t('board.title') : <BoardName board={board} />}</h1>
        </div>
        <label className="board-time">
          <span>{t('numbers.time')}</span>
          <select
            className="plain-input"
            value={time}
            onChange={(event) => chooseTime(event.target.value as BoardTime)}
          >
            {boardTimeNames.map((one) => (
              <option key={one} value={one}>
                {t(`board.time.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <nav className="list-tools not-for-print" aria-label={t('board.beside')}>
          {may('resident.read') && (
            <Link className="step-button" to={`/map/${encodeURIComponent(at.id)}`}>
              {t('map.title')}
            </Link>
          )}
          {may('alarm.watch') && (
            <Link className="step-button" to="/big-screen">
              {t('bigScreen.title')}
            </Link>
          )}
        </nav>
      </header>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {board === undefined && error === null && <PageLoading />}
      {board !== undefined && !isPlaceholderData && (
        <>
          <BoardAge board={board} cameAtMs={dataUpdatedAt} isFailing={error !== null} />
          <TargetCards numbers={board.numbers.cases} />
          <BoardCards numbers={board.numbers} timeZone={board.timeZone} />
          {board.children.length > 0 && <BoardParts board={board} time={time} />}
          <BoardCases board={board} />
          {board.residents !== null && <BoardResidents board={board} residents={board.residents} />}
        </>
      )}
    </main>
  );
}

function useBoardTime(): [BoardTime, (time: BoardTime) => void] {
  const [address, setAddress] = useSearchParams();
  const time = boardTimeNames.find((name) => name === address.get('time')) ?? 'day';
  return [time, (chosen) => setAddress(chosen === 'day' ? {} : { time: chosen }, { replace: true })];
}

function BoardCrumbs({ board }: { board: Board }) {
  const { t } = useTranslation();
  const [address] = useSearchParams();
  return (
    <nav className="board-crumbs" aria-label={t('board.crumbs')}>
      {board.path.map(({ id, name }) => (
        <Link key={id} to={{ pathname: boardPath({ id, grid: null }), search: address.toString() }}>
          {id === rootOrganisationId ? t('board.whole') : name}
        </Link>
      ))}
    </nav>
  );
}

function BoardName({ board: { organisation, grid } }: { board: Board }) {
  const { t } = useTranslation();
  if (grid !== null)
    return (
      <>
        {grid} <small>{t('board.grid')}</small>
      </>
    );
  if (organisation.level === null) return t('board.whole');
  return (
    <>
      {organisation.name} <small>{t(`level.${organisation.level}`)}</small>
    </>
  );
}

type AgeProps = { board: Board; cameAtMs: number; isFailing: boolean };

function BoardAge({ board, cameAtMs, isFailing }: AgeProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const isTrusted = useIsTrusted() || !may('alarm.watch');
  const isOld = useNow() - cameAtMs > staleAfterMs;
  const { from, madeAt, timeZone } = board;
  if (isFailing || isOld || !isTrusted)
    return (
      <p className="history-stale" role="alert" data-testid="board-stale">
        {t('history.stale', { time: clockTime(madeAt, timeZone) })}
      </p>
    );
  return (
    <p className="dim" data-testid="board-span">
      {t('board.span', { from: dateAndTime(from, timeZone), time: clockTime(madeAt, timeZone) })}
    </p>
  );
}
