import { activitySchema, alarmTimesSchema } from '@carebell/contracts/history.ts';
import type { AlarmTimes } from '@carebell/contracts/history.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { activityDay, dayOption, dayRowRem, hoursOf, isStill } from './activity-day.ts';
import type { ActivityDay } from './activity-day.ts';
import { useChartLook } from './chart-look.ts';
import { useHistory } from './history-query.ts';
import { Chart, HistoryCard, NumbersTable } from './HistoryCard.tsx';
import type { View } from './HistoryCard.tsx';
import { dateAndMinute, hourMinute } from './wall-time.ts';

const dayMs = 24 * 3_600_000;
const alarmPage = pageOf(alarmTimesSchema);

/** The last 24 hours by room and door, with the alarms. */
export function DayCard({ residentId, view }: { residentId: string; view: View }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const look = useChartLook();
  const activity = useHistory(
    { path: 'activity', query: { residentId, every: '15m' }, backMs: dayMs },
    activitySchema,
  );
  const alarms = useHistory(
    { path: 'alarms', query: { residentId, limit: '200' }, backMs: dayMs },
    alarmPage,
  );
  const answer = activity.error === null ? { ...alarms, data: activity.data && alarms.data } : activity;
  const day = useMemo(() => {
    if (activity.data === undefined || alarms.data === undefined) return undefined;
    const alarm = ({ kind, disposition }: AlarmTimes) =>
      [t(`kind.${kind}`), ...(disposition === null ? [] : [t(`disposition.${disposition}`)])].join(' · ');
    return activityDay(activity.data, alarms.data.items, { room: t('history.noRoom'), alarm });
  }, [activity.data, alarms.data, t]);
  const build = useMemo(() => {
    const words = { alarms: t('history.alarms'), times: (n: number) => t('history.times', { n }) };
    return (widthPx: number) => (day === undefined ? {} : dayOption(day, look, words, widthPx));
  }, [day, look, t]);
  const heightRem = ((day?.rows.length ?? 2) + 1) * dayRowRem + 2.5;
  return (
    <HistoryCard
      testId="history-day"
      title={t('history.day')}
      hint={t('history.dayHint')}
      view={view}
      answer={answer}
      empty={day !== undefined && isStill(day) && t('history.dayEmpty')}
      heightRem={heightRem}
      legend={
        <p className="history-legend">
          <span data-shape="block">{t('history.room')}</span>
          <span data-shape="post">{t('history.door')}</span>
          <span data-shape="diamond">{t('history.alarms')}</span>
          <span data-shape="night">{t('history.night')}</span>
        </p>
      }
      chart={<Chart build={build} heightRem={heightRem} />}
      table={day !== undefined && <DayTable day={day} mayOpen={may('alarm.read') && view === 'table'} />}
    />
  );
}

function DayTable({ day, mayOpen }: { day: ActivityDay; mayOpen: boolean }) {
  const { t } = useTranslation();
  return (
    <NumbersTable
      caption={t('history.dayCaption')}
      head={[t('history.hour'), ...day.rows.map(({ name }) => name), t('history.alarms')]}
      rows={hoursOf(day).map(({ wall, counts, alarms }) => ({
        key: String(wall),
        cells: [
          dateAndMinute(wall),
          ...counts,
          <span key="alarms">
            {alarms.map(({ id, wall: pressed, label }) => (
              <span key={id} className="history-alarm">
                {hourMinute(pressed)}{' '}
                {mayOpen ? <Link to={`/alarms/${encodeURIComponent(id)}`}>{label}</Link> : label}
              </span>
            ))}
          </span>,
        ],
      }))}
    />
  );
}
