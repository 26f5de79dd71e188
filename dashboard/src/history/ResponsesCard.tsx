import { responseTimesSchema } from '@carebell/contracts/history.ts';
import type { ResponseHop } from '@carebell/contracts/history.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useChartLook } from './chart-look.ts';
import { useHistory } from './history-query.ts';
import { Chart, HistoryCard, NumbersTable } from './HistoryCard.tsx';
import type { View } from './HistoryCard.tsx';
import { hopRows, hopsOption, percentiles, spanText } from './station-figures.ts';

const rowRem = 4;

/** How long alarms take for each hop, from the press to the end; of 30 days. */
export function ResponsesCard({ stationId, view }: { stationId: string; view: View }) {
  const { t } = useTranslation();
  const look = useChartLook();
  const answer = useHistory({ path: 'response-times', query: { stationId } }, responseTimesSchema);
  const rows = useMemo(() => answer.data && hopRows(answer.data.all), [answer.data]);
  const build = useMemo(() => {
    const words = {
      hop: (hop: ResponseHop) => t(`history.hop.${hop}`),
      p50Ms: t('history.p50Ms'),
      p90Ms: t('history.p90Ms'),
      p99Ms: t('history.p99Ms'),
    };
    return (widthPx: number) => hopsOption(rows ?? [], look, words, widthPx);
  }, [rows, look, t]);
  const heightRem = (rows?.length ?? 6) * rowRem + 2;
  return (
    <HistoryCard
      testId="history-responses"
      title={t('history.responses')}
      hint={answer.data && t('history.responsesHint', { n: answer.data.all.alarms })}
      view={view}
      answer={answer}
      empty={rows?.length === 0 && t('history.responsesEmpty')}
      heightRem={heightRem}
      legend={
        <p className="history-legend">
          {percentiles.map((name) => (
            <span key={name} data-shape={name}>
              {t(`history.${name}`)}
            </span>
          ))}
        </p>
      }
      chart={<Chart build={build} heightRem={heightRem} />}
      table={
        <NumbersTable
          caption={t('history.responsesCaption')}
          head={[
            t('history.way'),
            t('history.count'),
            ...percentiles.map((name) => t(`history.${name}`)),
            t('history.most'),
          ]}
          rows={(rows ?? []).map((row) => ({
            key: row.hop,
            cells: [
              t(`history.hop.${row.hop}`),
              row.count,
              ...percentiles.map((name) => spanText(row[name])),
              spanText(row.maxMs),
            ],
          }))}
        />
      }
    />
  );
}
