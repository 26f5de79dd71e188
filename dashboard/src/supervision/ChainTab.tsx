import { chainReportSchema } from '@carebell/contracts/chain.ts';
import type { ChainRun } from '@carebell/contracts/chain.ts';
import { useTranslation } from 'react-i18next';
import { clockTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useSession } from '../log-in/session.ts';
import { useSupervision } from './supervision-query.ts';

/** Whether the synthetic event arrives, and how long each hop of its way takes. */
export function ChainTab() {
  const { t } = useTranslation();
  const { timeZone } = useSession().session.hub;
  const { data, error, refetch } = useSupervision('chain', chainReportSchema);
  if (data === undefined) {
    return error === null ? <PageLoading /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  const broken = data.runs.filter(({ brokenAt }) => brokenAt !== null);
  return (
    <>
      <p className="chain-state" data-testid="chain-state" data-state={data.state.is}>
        {t(`supervision.chainIs.${data.state.is}`)}
      </p>
      <p className="dim">{t('supervision.chainHint')}</p>
      {data.runs.length === 0 ? <p>{t('supervision.noRuns')}</p> : <HopChart runs={data.runs} />}
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t('supervision.hop')}</th>
            <th>p50 ms</th>
            <th>p99 ms</th>
          </tr>
        </thead>
        <tbody>
          {data.quantiles.map(({ hop, p50, p99 }) => (
            <tr key={hop}>
              <td>{t(`supervision.hops.${hop}`)}</td>
              <td className="number">{p50.toFixed(1)}</td>
              <td className="number">{p99.toFixed(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="chain-stops">
        {broken.map(({ at, brokenAt }) => (
          <li key={at}>
            {t('supervision.stopped', {
              time: clockTime(at, timeZone),
              hop: brokenAt === null ? '' : t(`supervision.hops.${brokenAt}`),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

const [widthPx, heightPx] = [600, 120];

/** A bar for each run; one that did not arrive stands over the whole height. What they show is in the table too. */
function HopChart({ runs }: { runs: readonly ChainRun[] }) {
  const totals = runs.map(({ hops }) => Object.values(hops).reduce((sum: number, ms) => sum + (ms ?? 0), 0));
  const most = Math.max(1, ...totals);
  const step = widthPx / Math.max(runs.length, 40);
  return (
    <figure className="chain-chart">
      <svg viewBox={`0 0 ${widthPx} ${heightPx}`} preserveAspectRatio="none" aria-hidden="true">
        {runs.map((run, index) => {
          const isBroken = run.brokenAt !== null;
          const height = isBroken ? heightPx : Math.max(1, ((totals[index] ?? 0) / most) * heightPx);
          return (
            <rect
              key={run.at}
              data-broken={isBroken}
              x={index * step}
              y={heightPx - height}
              width={step * 0.8}
              height={height}
            />
          );
        })}
      </svg>
      <figcaption className="dim">0 – {most.toFixed(0)} ms</figcaption>
    </figure>
  );
}
