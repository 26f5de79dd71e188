import { answerTargets } from '@carebell/contracts/report.ts';
import type { CaseNumbers, ReportHop } from '@carebell/contracts/report.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useChartLook } from '../history/chart-look.ts';
import { Chart, NumbersTable } from '../history/HistoryCard.tsx';
import { spanText } from '../history/station-figures.ts';
import { isBelow, percent } from '../report/percent.ts';
import { hopsOption, hopTimes, parts } from '../report/report-charts.ts';
import '../history/history.css';

const shown: ReadonlySet<ReportHop> = new Set(['displayed', 'answered', 'on-site']);
const shapes = ['p50Ms', 'p90Ms', 'p99Ms'];
const heightRem = 13;

/** How fast alarms of the last 24 hours were shown, answered and gone to, against the targets. */
export function AnswerTimes({ numbers }: { numbers: CaseNumbers }) {
  const { t } = useTranslation();
  const worn = useChartLook();
  const rows = useMemo(() => hopTimes(numbers).filter(({ hop }) => shown.has(hop)), [numbers]);
  const build = useMemo(() => {
    const look = { ...worn, fontSize: Math.round(worn.fontSize * 1.5) };
    const words = { hop: (hop: ReportHop) => t(`numbers.hop.${hop}`) };
    return (widthPx: number) => hopsOption(rows, look, words, widthPx, true);
  }, [rows, worn, t]);
  return (
    <section className="big-answers">
      <div className="big-shares">
        {(['within60s', 'within180s'] as const).map((name) => {
          const { share } = numbers[name];
          const isMissed = isBelow(share, answerTargets[name].share);
          return (
            <p key={name} data-missed={isMissed}>
              <span>{t(`numbers.name.${name}`)}</span>
              <strong>{percent(share)}</strong>
              <small>
                {share !== null && (isMissed ? `✗ ${t('numbers.below')}` : `✓ ${t('numbers.reached')}`)}
              </small>
            </p>
          );
        })}
        <p className="history-legend" aria-hidden="true">
          {['P50', 'P95', 'P99'].map((name, index) => (
            <span key={name} data-shape={shapes[index]}>
              {name}
            </span>
          ))}
        </p>
      </div>
      {rows.length === 0 ? (
        <p className="big-none">{t('numbers.nothing')}</p>
      ) : (
        <div className="big-chart">
          <Chart build={build} heightRem={heightRem} />
          <div className="for-screen-readers">
            <NumbersTable
              caption={t('numbers.hopsCaption')}
              head={[t('numbers.way'), 'P50', 'P95', 'P99']}
              rows={rows.map((row) => ({
                key: row.hop,
                cells: [t(`numbers.hop.${row.hop}`), ...parts.map((part) => spanText(row[part]))],
              }))}
            />
          </div>
        </div>
      )}
    </section>
  );
}
