import { seriesSchema } from '@carebell/contracts/history.ts';
import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChartLook } from './chart-look.ts';
import { useHistory } from './history-query.ts';
import { Chart, HistoryCard, NumbersTable } from './HistoryCard.tsx';
import type { View } from './HistoryCard.tsx';
import { paceOf, paceOption, rangeNames, ranges, rounded } from './station-figures.ts';
import type { RangeName } from './station-figures.ts';
import { dateAndMinute } from './wall-time.ts';

const heightRem = 16;

/** How many events a minute the devices of a station send. */
export function PaceCard({ stationId, view }: { stationId: string; view: View }) {
  const { t } = useTranslation();
  const look = useChartLook();
  const [range, setRange] = useState<RangeName>('day');
  const { backMs, every, everyMs } = ranges[range];
  const answer = useHistory({ path: 'series', query: { stationId, every }, backMs }, seriesSchema);
  const pace = useMemo(
    () => (answer.data?.every === every ? paceOf(answer.data, everyMs) : undefined),
    [answer.data, every, everyMs],
  );
  const build = useMemo(() => {
    const words = { perMinute: (n: string) => t('history.perMinute', { n }) };
    return (widthPx: number) => paceOption(pace ?? [], look, words, widthPx);
  }, [pace, look, t]);
  return (
    <HistoryCard
      testId="history-pace"
      title={t('history.pace')}
      view={view}
      answer={{ ...answer, data: pace }}
      empty={pace?.every(({ count }) => count === 0) === true && t('history.paceEmpty')}
      tools={
        <Segmented<RangeName>
          aria-label={t('history.span')}
          value={range}
          onChange={setRange}
          options={rangeNames.map((name) => ({ value: name, label: t(`history.range.${name}`) }))}
        />
      }
      heightRem={heightRem}
      chart={<Chart build={build} heightRem={heightRem} />}
      table={
        <NumbersTable
          caption={t('history.paceCaption')}
          head={[t('history.time'), t('history.events'), t('history.eventsPerMinute')]}
          rows={(pace ?? [])
            .filter(({ count }) => count > 0)
            .toReversed()
            .map(({ wall, count, perMinute }) => ({
              key: String(wall),
              cells: [dateAndMinute(wall), count, rounded(perMinute)],
            }))}
        />
      }
    />
  );
}
