import { nightsSchema } from '@carebell/contracts/history.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useChartLook } from './chart-look.ts';
import { useHistory } from './history-query.ts';
import { Chart, HistoryCard, NumbersTable } from './HistoryCard.tsx';
import type { View } from './HistoryCard.tsx';
import { nightsOf, nightsOption, timeIn } from './night-exits.ts';
import type { Night } from './night-exits.ts';
import { shortDate } from './wall-time.ts';

const backMs = 14 * 24 * 3_600_000;

/** When somebody was out of bed or opened a door at night. */
export function NightsCard({ residentId, view }: { residentId: string; view: View }) {
  const { t } = useTranslation();
  const look = useChartLook();
  const answer = useHistory({ path: 'nights', query: { residentId }, backMs }, nightsSchema);
  const nights = useMemo(() => answer.data && nightsOf(answer.data), [answer.data]);
  const build = useMemo(() => {
    const words = {
      out: (night: Night, exit: Night['exits'][number]) =>
        `${shortDate(night.date)}  ${spanOf(night, exit, t('history.noReturn'))}`,
      door: (night: Night, minute: number) =>
        `${shortDate(night.date)}  ${timeIn(night, minute)}  ${t('history.doorOpened')}`,
    };
    return (widthPx: number) => (nights === undefined ? {} : nightsOption(nights, look, words, widthPx));
  }, [nights, look, t]);
  const heightRem = (nights?.length ?? 14) * 1.5 + 2;
  const isQuiet = nights?.every(({ exits, doors }) => exits.length === 0 && doors.length === 0) === true;
  return (
    <HistoryCard
      testId="history-nights"
      title={t('history.nights')}
      hint={t('history.nightsHint')}
      view={view}
      answer={answer}
      empty={isQuiet && t('history.nightsEmpty')}
      heightRem={heightRem}
      legend={
        <p className="history-legend">
          <span data-shape="block">{t('history.outOfBed')}</span>
          <span data-shape="triangle">{t('history.doorOpened')}</span>
        </p>
      }
      chart={<Chart build={build} heightRem={heightRem} />}
      table={
        nights !== undefined && (
          <NumbersTable
            caption={t('history.nightsCaption')}
            head={[
              t('history.date'),
              t('history.outOfBed'),
              t('history.minutesOut'),
              t('history.doorOpened'),
            ]}
            rows={nights.map((night) => ({
              key: night.date,
              cells: [
                shortDate(night.date),
                night.exits.map((exit) => spanOf(night, exit, t('history.noReturn'))).join(', '),
                night.outOfBedMinutes,
                night.doors.map((minute) => timeIn(night, minute)).join(', '),
              ],
            }))}
          />
        )
      }
    />
  );
}

function spanOf(night: Night, { fromMinute, toMinute }: Night['exits'][number], noReturn: string): string {
  return `${timeIn(night, fromMinute)}–${toMinute === null ? noReturn : timeIn(night, toMinute)}`;
}
