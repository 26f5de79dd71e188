import type { Board, BoardPart } from '@carebell/contracts/boards.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useChartLook } from '../history/chart-look.ts';
import { Chart, NumbersTable } from '../history/HistoryCard.tsx';
import { spanText } from '../history/station-figures.ts';
import { percent } from '../report/percent.ts';
import { sharesOption } from '../report/report-charts.ts';
import { partPath } from './board-query.ts';
import type { BoardTime } from './board-query.ts';

const rowRem = 3.25;
const columns = [
  'cases',
  'open',
  'within60s',
  'within180s',
  'onSite',
  'missedCount',
  'falseAlarms',
  'residents',
  'heard',
  'lowBattery',
  'tested',
  'visitRate',
  'requestsAsked',
  'loggedIn',
] as const;

/** The children side by side: as a picture against the targets, and each number in a table whose names lead down. */
export function BoardParts({ board, time }: { board: Board; time: BoardTime }) {
  const { t } = useTranslation();
  const look = useChartLook();
  const { children, organisation } = board;
  const nameOf = usePartName(board);
  const pictured = useMemo(
    () =>
      children
        .filter(({ numbers }) => numbers.cases.cases > 0)
        .map((part) => ({ name: nameOf(part), numbers: part.numbers.cases })),
    [children, nameOf],
  );
  const build = useMemo(() => {
    const words = { within60s: t('numbers.name.within60s'), within180s: t('numbers.name.within180s') };
    return () => sharesOption(pictured, look, words);
  }, [pictured, look, t]);
  return (
    <section className="history-card numbers-card" data-testid="board-parts">
      <header>
        <h2>{t(organisation.level === 'station' ? 'board.grids' : 'board.parts')}</h2>
      </header>
      {pictured.length > 0 && (
        <>
          <p className="history-legend">
            <span data-shape="p50Ms">{t('numbers.name.within60s')}</span>
            <span data-shape="service">{t('numbers.name.within180s')}</span>
          </p>
          <Chart build={build} heightRem={pictured.length * rowRem + 2} />
        </>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the arrow keys could not scroll it */}
      <section className="board-table" tabIndex={0} aria-label={t('board.table')}>
        <NumbersTable
          caption={t('board.tableHint', { time: t(`board.time.${time}`) })}
          head={[
            t('board.part'),
            ...columns.map((name) => t(`numbers.name.${name}`)),
            t('numbers.answeredP95'),
          ]}
          rows={children.map((part) => ({
            key: `${part.of} ${part.id}`,
            cells: [<PartName key="name" board={board} part={part} name={nameOf(part)} />, ...cellsOf(part)],
          }))}
        />
      </section>
    </section>
  );
}

function cellsOf({
  numbers: { cases, devices, use, residents, visits, requests },
}: BoardPart): (string | number)[] {
  return [
    cases.cases,
    cases.open,
    percent(cases.within60s.share),
    percent(cases.within180s.share),
    percent(cases.onSite.share),
    cases.missed.reduce((sum, { count }) => sum + count, 0),
    cases.falseAlarms,
    residents,
    percent(devices.heard.share),
    devices.lowBattery,
    percent(devices.tested.share),
    percent(visits.share),
    requests.all.asked,
    use === null ? '—' : `${use.loggedIn.met} / ${use.loggedIn.of}`,
    cases.hops.answered ? spanText(cases.hops.answered.p95Ms) : '—',
  ];
}

function usePartName({ organisation }: Board): (part: BoardPart) => string {
  const { t } = useTranslation();
  const { level } = organisation;
  return useMemo(
    () => (part) => {
      if (part.of === 'rest') return t(level === 'station' ? 'board.noGrid' : 'board.rest');
      return part.name;
    },
    [t, level],
  );
}

function PartName({ board, part, name }: { board: Board; part: BoardPart; name: string }) {
  const [address] = useSearchParams();
  const pathname = partPath(board.organisation.id, part);
  if (pathname === undefined) return name;
  return <Link to={{ pathname, search: address.toString() }}>{name}</Link>;
}
