import { drillSchema } from '@carebell/contracts/drill.ts';
import type { Drill } from '@carebell/contracts/drill.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dateAndTime } from '../app/instants.ts';
import { ListPage } from '../app/ListPage.tsx';
import { MorePages } from '../app/MorePages.tsx';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { spanText } from '../history/station-figures.ts';
import { useSession } from '../log-in/session.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { DrillForm } from './DrillForm.tsx';
import '../registry-forms/registry.css';
import './drill.css';

const drillPage = pageOf(drillSchema);
const drillsKey = ['drills'];
/** A drill that runs is followed as it goes on. */
const refreshEveryMs = 5_000;

/** Drills, planned, running and scored; for those who lead. */
export function DrillsPage() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { may } = useSession();
  const queries = useQueryClient();
  const list = useInfiniteQuery({
    queryKey: drillsKey,
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      resultOrThrow(
        api.call(
          'GET',
          `/drills?limit=50${pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`,
          drillPage,
        ),
      ),
    getNextPageParam: (page) => page.cursor ?? undefined,
    refetchInterval: refreshEveryMs,
  });
  const { data, error, refetch } = list;
  const drills = data?.pages.flatMap(({ items }) => items);
  const changed = () => void queries.invalidateQueries({ queryKey: drillsKey });
  return (
    <div className="drills">
      <SectionTabs section="numbers" />
      {may('drill.write') && <DrillForm onBegun={changed} />}
      <ListPage
        title={t('drill.title')}
        hint={t('drill.hint')}
        error={error}
        onRetry={() => void refetch()}
        count={drills?.length}
        empty={t('drill.empty')}
      >
        <table className="plain-table" data-testid="drills">
          <thead>
            <tr>
              {(['when', 'station', 'kind', 'phase', 'score', 'operator', 'plannedBy'] as const).map(
                (name) => (
                  <th key={name} scope="col">
                    {t(`drill.${name}`)}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {drills?.map((drill) => (
              <DrillRow key={drill.id} drill={drill} onChanged={changed} />
            ))}
          </tbody>
        </table>
        <MorePages of={list} />
      </ListPage>
    </div>
  );
}

function DrillRow({ drill, onChanged }: { drill: Drill; onChanged: () => void }) {
  const { t } = useTranslation();
  const { session, may } = useSession();
  const { api } = useWorkplace();
  const { message } = App.useApp();
  const problemText = useProblemText();

  async function cancel(): Promise<void> {
    const answer = await api.call('DELETE', `/drills/${drill.id}`, drillSchema);
    if (!answer.ok) void message.error(problemText(answer.problem));
    onChanged();
  }

  return (
    <tr data-testid={`drill-${drill.id}`} data-phase={drill.phase}>
      <td>{dateAndTime(drill.startsAt, session.hub.timeZone)}</td>
      <td>{drill.stationName}</td>
      <td>
        {drill.alarmId === null ? (
          t(`kind.${drill.kind}`)
        ) : (
          <Link to={`/alarms/${drill.alarmId}`}>{t(`kind.${drill.kind}`)}</Link>
        )}
      </td>
      <td>
        {t(`drill.phases.${drill.phase}`)}{' '}
        {drill.phase === 'planned' && may('drill.write') && (
          <Button size="small" onClick={() => void cancel()}>
            {t('drill.cancel')}
          </Button>
        )}
      </td>
      <td>{drill.score === null ? '—' : <Score score={drill.score} />}</td>
      <td>{drill.operator ?? '—'}</td>
      <td>{drill.plannedBy}</td>
    </tr>
  );
}

function Score({ score }: { score: NonNullable<Drill['score']> }) {
  const { t } = useTranslation();
  return (
    <div className="drill-score">
      <strong>{score.points}</strong>
      <ul>
        {score.parts.map(({ part, points, tookMs, withinMs }) => (
          <li key={part} data-points={points}>
            {points === 25 ? '✓' : points === 0 ? '✗' : '½'} {t(`drill.part.${part}`)}{' '}
            {tookMs === null ? '—' : spanText(tookMs)}
            <small> ≤ {spanText(withinMs)}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
