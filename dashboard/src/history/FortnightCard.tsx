import { activitySchema } from '@carebell/contracts/history.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../log-in/session.ts';
import { activityFortnight, fortnightOption, shadeColours } from './activity-fortnight.ts';
import { useChartLook } from './chart-look.ts';
import { useHistory } from './history-query.ts';
import { Chart, HistoryCard, NumbersTable } from './HistoryCard.tsx';
import type { View } from './HistoryCard.tsx';
import { shortDate } from './wall-time.ts';

const dayMs = 24 * 3_600_000;
/** The last of them is today. */
const days = 14;

/** When somebody was up and about: two weeks by hour. */
export function FortnightCard({ residentId, view }: { residentId: string; view: View }) {
  const { t } = useTranslation();
  const look = useChartLook();
  const { session } = useSession();
  const midnightIn = session.hub.timeZone;
  const answer = useHistory(
    { path: 'activity', query: { residentId, every: '1h' }, backMs: (days - 1) * dayMs, midnightIn },
    activitySchema,
  );
  const fortnight = useMemo(() => answer.data && activityFortnight(answer.data), [answer.data]);
  const build = useMemo(() => {
    const at = (date: string, hour: number, n: number) =>
      `${shortDate(date)} ${hour}:00–${hour + 1}:00\n${t('history.times', { n })}`;
    return (widthPx: number) =>
      fortnight === undefined ? {} : fortnightOption(fortnight, look, { at }, widthPx);
  }, [fortnight, look, t]);
  const heightRem = days * 1.75 + 2;
  return (
    <HistoryCard
      testId="history-fortnight"
      title={t('history.fortnight')}
      hint={t('history.fortnightHint')}
      view={view}
      answer={answer}
      empty={fortnight?.most === 0 && t('history.fortnightEmpty')}
      heightRem={heightRem}
      legend={
        <p className="history-legend">
          <span>{t('history.few')}</span>
          <span className="history-shades">
            {shadeColours(look).map((background) => (
              <i key={background} style={{ background }} />
            ))}
          </span>
          <span>{t('history.many', { n: fortnight?.most ?? 0 })}</span>
        </p>
      }
      chart={<Chart build={build} heightRem={heightRem} />}
      table={
        fortnight !== undefined && (
          <NumbersTable
            caption={t('history.fortnightCaption')}
            head={[t('history.date'), ...Array.from({ length: 24 }, (_, hour) => String(hour))]}
            rows={fortnight.days.map(({ date, hours }) => ({
              key: date,
              cells: [shortDate(date), ...hours.map((count) => count ?? '')],
            }))}
          />
        )
      }
    />
  );
}
