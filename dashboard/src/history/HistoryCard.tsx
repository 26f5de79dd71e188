import { lazy, Suspense, useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { clockTime } from '../app/instants.ts';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useIsTrusted, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import type { ChartOption } from './chart-frame.ts';
import type { HistoryAnswer } from './history-query.ts';
import './history.css';

const ChartCanvas = lazy(async () => ({ default: (await import('./ChartCanvas.tsx')).ChartCanvas }));

export type View = 'chart' | 'table';
/** Numbers that are older than this are no longer those of now. */
const staleAfterMs = 180_000;

type Props = {
  title: string;
  hint?: string | undefined;
  testId: string;
  view: View;
  answer: Pick<HistoryAnswer<unknown>, 'data' | 'error' | 'cameAtMs' | 'retry'>;
  /** What is said instead, if there is nothing to show. */
  empty: string | false;
  tools?: ReactNode;
  legend?: ReactNode;
  heightRem: number;
  /** The picture, and the same numbers as a table; screen readers always read the table. */
  chart: ReactNode;
  table: ReactNode;
};

/** One question to the history, as a chart or as a table, with all its states. */
export function HistoryCard(props: Props) {
  const { title, hint, testId, view, answer, empty, tools, legend, heightRem, chart, table } = props;
  const { t } = useTranslation();
  const titleId = useId();
  const { data, error, retry } = answer;
  const isChart = view === 'chart';
  return (
    <section className="history-card" aria-labelledby={titleId} data-testid={testId}>
      <header>
        <h2 id={titleId}>{title}</h2>
        {tools}
        {hint !== undefined && <p className="dim">{hint}</p>}
      </header>
      {data === undefined && error !== null && <ProblemNotice error={error} onRetry={retry} />}
      {data === undefined && error === null && (
        <output className="history-waiting" style={{ minHeight: `${heightRem}rem` }} aria-busy="true">
          {t('history.loading')}
        </output>
      )}
      {data !== undefined && <StaleNote answer={answer} />}
      {data !== undefined && empty !== false && <p className="history-empty">{empty}</p>}
      {data !== undefined && empty === false && (
        <>
          {isChart && legend}
          {isChart && chart}
          {isChart ? (
            <div className="for-screen-readers">{table}</div>
          ) : (
            <ScrolledTable of={title}>{table}</ScrolledTable>
          )}
        </>
      )}
    </section>
  );
}

/** What scrolls must be reached by keys too. */
function ScrolledTable({ of, children }: { of: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the arrow keys could not scroll it
    <section className="history-table" aria-label={of} tabIndex={0}>
      {children}
    </section>
  );
}

type ChartProps = { build: (widthPx: number) => ChartOption; heightRem: number };

/** The painter is loaded with the first chart and not before. */
export function Chart(props: ChartProps) {
  return (
    <Suspense fallback={<div className="history-waiting" style={{ height: `${props.heightRem}rem` }} />}>
      <ChartCanvas {...props} />
    </Suspense>
  );
}

/** Old numbers stay, and say how old they are. */
function StaleNote({ answer }: Pick<Props, 'answer'>) {
  const { t } = useTranslation();
  const { session, may } = useSession();
  const now = useNow();
  const isTrusted = useIsTrusted() || !may('alarm.watch');
  const isStale = answer.error !== null || !isTrusted || now - answer.cameAtMs > staleAfterMs;
  if (!isStale) return null;
  const time = clockTime(answer.cameAtMs, session.hub.timeZone);
  return (
    <output className="history-stale" data-testid="history-stale">
      {t('history.stale', { time })} <button onClick={answer.retry}>{t('history.again')}</button>
    </output>
  );
}

type TableProps = {
  caption: string;
  head: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
};

/** The first cell of each row names it. */
export function NumbersTable({ caption, head, rows }: TableProps) {
  return (
    <table className="plain-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((name, column) => (
            <th key={`${column} ${name}`} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [first, ...rest] }) => (
          <tr key={key}>
            <th scope="row">{first}</th>
            {rest.map((cell, column) => (
              <td key={head[column + 1] ?? column}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
