import type { RuleChange, RuleTrial } from '@carebell/contracts/detection.ts';
import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../app/instants.ts';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useChartLook } from '../history/chart-look.ts';
import { Chart, NumbersTable } from '../history/HistoryCard.tsx';
import { dateOf, shortDate, wallMs } from '../history/wall-time.ts';
import { useSession } from '../log-in/session.ts';
import { useWorkplace } from '../app/workplace.ts';
import { trialOption, wholeDays } from './trial-chart.ts';
import type { RulesOf } from './rule-query.ts';
import { TrialCounts } from './TrialCounts.tsx';
import { TrialFindings } from './TrialFindings.tsx';
import { useTrial } from './trial-query.ts';

const spans = [7, 14, 30] as const;
const residentsAtMost = 300;
const dayMs = 86_400_000;
const heightRem = 11;

type Props = { of: RulesOf; rules: RuleChange[] | undefined; ruleId: string };

/** What the changed rules would have raised over the days that are stored, beside what those of now would. */
export function TrialPanel({ of, rules, ruleId }: Props) {
  const { t } = useTranslation();
  const [days, setDays] = useState<number>(7);
  const trial = useTrial(of, rules, days);
  const { data, error, progress, isWaiting } = trial;
  const isTried = data !== undefined && error === null;
  return (
    <section
      className="trial"
      aria-label={t('trial.title')}
      aria-busy={isWaiting}
      data-testid="trial"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long one scrolls, by keys too
      tabIndex={0}
    >
      <header>
        <h2>{t('trial.title')}</h2>
        <Segmented<number>
          aria-label={t('trial.days')}
          value={days}
          onChange={setDays}
          options={spans.map((value) => ({
            value,
            label: <span data-testid={`days-${value}`}>{t('trial.nDays', { n: value })}</span>,
          }))}
        />
      </header>
      <p className="dim">{t('trial.about')}</p>
      <output className="trial-state" data-testid="trial-state">
        {rules === undefined && t('trial.waits')}
        {rules !== undefined && isWaiting && (
          <>
            <progress value={progress?.residents ?? 0} max={Math.max(1, progress?.inAll ?? 1)} />
            {progress === undefined
              ? t('trial.running')
              : t('trial.progress', { n: progress.residents, all: progress.inAll })}
          </>
        )}
      </output>
      {error !== null && !isWaiting && <ProblemNotice error={error} onRetry={() => void trial.refetch()} />}
      {isTried && <TrialResult of={of} trial={data} ruleId={ruleId} />}
    </section>
  );
}

function TrialResult({ of, trial, ruleId }: { of: RulesOf; trial: RuleTrial; ruleId: string }) {
  const { t } = useTranslation();
  const look = useChartLook();
  const { ticker } = useWorkplace();
  const { timeZone } = useSession().session.hub;
  const { days, byDay, firstMessageAt, isCut, messages, residentsHeard, residentsInAll } = trial;
  const today = dateOf(wallMs(ticker.now(), timeZone));
  const shown = useMemo(() => wholeDays(byDay, today, days), [byDay, today, days]);
  const build = useMemo(() => {
    const words = { now: t('trial.now'), changed: t('trial.changed') };
    return (widthPx: number) => trialOption(shown, look, words, widthPx);
  }, [shown, look, t]);
  if (messages === 0)
    return (
      <p className="trial-empty" data-testid="trial-nothing">
        {t('trial.nothing')}
      </p>
    );
  const isShort = firstMessageAt !== null && ticker.now() - Date.parse(firstMessageAt) < (days - 1) * dayMs;
  const isNothing = byDay.length === 0;
  return (
    <>
      <p className="trial-said" data-testid="trial-done">
        {t('trial.done', { n: residentsInAll, days, messages })}{' '}
        {isShort && t('trial.since', { time: dayAndTime(firstMessageAt, timeZone).slice(0, 11) })}{' '}
        {residentsHeard < residentsInAll && t('trial.unheard', { n: residentsInAll - residentsHeard })}
      </p>
      {isCut && (
        <p className="trial-warning" role="alert">
          {t('trial.cut', { n: residentsAtMost })}
        </p>
      )}
      <TrialCounts trial={trial} ruleId={ruleId} />
      {isNothing && <p className="trial-empty">{t('trial.noFindings')}</p>}
      {!isNothing && (
        <>
          <h3>{t('trial.perDay')}</h3>
          <p className="history-legend">
            <span data-shape="now">{t('trial.now')}</span>
            <span data-shape="block">{t('trial.changed')}</span>
          </p>
          <Chart build={build} heightRem={heightRem} />
          <div className="for-screen-readers">
            <NumbersTable
              caption={t('trial.chart')}
              head={[t('trial.date'), t('trial.now'), t('trial.changed')]}
              rows={shown.map(({ day, found, foundNow }) => ({
                key: day,
                cells: [shortDate(day), foundNow, found],
              }))}
            />
          </div>
          <TrialFindings of={of} trial={trial} ruleId={ruleId} timeZone={timeZone} />
        </>
      )}
    </>
  );
}
