import { seriesSchema } from '@carebell/contracts/history.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { useChartLook } from './chart-look.ts';
import { daysOf, deviceCourses, deviceOption } from './device-course.ts';
import type { DeviceCourse } from './device-course.ts';
import { useHistory } from './history-query.ts';
import { Chart, HistoryCard, NumbersTable } from './HistoryCard.tsx';
import type { View } from './HistoryCard.tsx';
import { dateOf, shortDate } from './wall-time.ts';

const dayMs = 24 * 3_600_000;
const backMs = 30 * dayMs;
const chartRem = 9;

/** Battery and signal of each device, and when its battery will be empty. */
export function DevicesCard({ of, view }: { of: { residentId: string } | { deviceId: string }; view: View }) {
  const { t } = useTranslation();
  const registry = useRegistryApi();
  const readings = { ...of, stream: 'readings', every: '6h', aggregate: 'mean', groupBy: 'device' };
  const batteries = useHistory(
    { path: 'series', query: { ...readings, field: 'battery' }, backMs },
    seriesSchema,
  );
  const signals = useHistory({ path: 'series', query: { ...readings, field: 'rssi' }, backMs }, seriesSchema);
  const { data: devices } = useQuery({
    queryKey: ['devices', 'list', 'of', of],
    queryFn: async () =>
      'deviceId' in of
        ? { items: [await registry.one('devices', of.deviceId)], cursor: null }
        : registry.list('devices', { ...of, limit: '500' }),
  });
  const courses = useMemo(
    () => batteries.data && signals.data && deviceCourses(batteries.data, signals.data, devices?.items ?? []),
    [batteries.data, signals.data, devices],
  );
  const failed = batteries.error === null ? signals : batteries;
  return (
    <HistoryCard
      testId="history-devices"
      title={t('history.devices')}
      hint={t('history.devicesHint')}
      view={view}
      answer={{ ...failed, data: courses }}
      empty={courses?.length === 0 && t('history.devicesEmpty')}
      heightRem={chartRem}
      legend={
        <p className="history-legend">
          <span data-shape="line">{t('history.battery')} %</span>
          <span data-shape="dashes">{t('history.signal')} dBm</span>
          <span data-shape="dots">{t('history.forecast')}</span>
        </p>
      }
      chart={
        <ul className="history-devices">
          {courses?.map((course) => (
            <li key={course.id} data-testid={`course-${course.id}`}>
              <DeviceHead course={course} />
              <DeviceChart course={course} />
            </li>
          ))}
        </ul>
      }
      table={courses?.map((course) => (
        <div key={course.id}>
          <DeviceHead course={course} isHidden={view === 'chart'} />
          <NumbersTable
            caption={t('history.deviceCaption', { name: course.device?.name ?? course.id })}
            head={[t('history.date'), `${t('history.battery')} %`, `${t('history.signal')} dBm`]}
            rows={daysOf(course).map(({ date, battery, signal }) => ({
              key: date,
              cells: [shortDate(date), tenth(battery), tenth(signal)],
            }))}
          />
        </div>
      ))}
    />
  );
}

function DeviceHead({ course, isHidden = false }: { course: DeviceCourse; isHidden?: boolean }) {
  const { t } = useTranslation();
  const { id, device, battery } = course;
  const name = device === undefined || device.name === '' ? id : device.name;
  const last = battery.at(-1);
  return (
    <p className="history-device">
      {isHidden ? <strong>{name}</strong> : <Link to={`/devices/${encodeURIComponent(id)}`}>{name}</Link>}
      {last !== undefined && <span>{t('devicePage.battery', { n: Math.round(last.value) })}</span>}
      <ForecastText course={course} />
    </p>
  );
}

/** Empty within so many days is worth a mark. */
const soonDays = 14;

function ForecastText({ course }: { course: DeviceCourse }) {
  const { t } = useTranslation();
  const { battery, forecast, emptyWall, nowWall } = course;
  if (battery.length === 0) return <span className="dim">{t('history.noBattery')}</span>;
  if (!forecast.ok || emptyWall === null) {
    const { reason } = forecast.ok ? { reason: 'too-few' as const } : forecast;
    return <span className="dim">{t(`history.unknown.${reason}`)}</span>;
  }
  const n = Math.max(0, Math.round((emptyWall - nowWall) / dayMs));
  return (
    <strong className={n <= soonDays ? 'warning' : undefined}>
      {n <= soonDays && '! '}
      {t('history.emptyIn', { n, date: dateOf(emptyWall) })}
    </strong>
  );
}

function DeviceChart({ course }: { course: DeviceCourse }) {
  const { t } = useTranslation();
  const look = useChartLook();
  const build = useMemo(() => {
    const words = {
      battery: t('history.battery'),
      signal: t('history.signal'),
      forecast: t('history.forecast'),
    };
    return (widthPx: number) => deviceOption(course, look, words, widthPx);
  }, [course, look, t]);
  return <Chart build={build} heightRem={chartRem} />;
}

function tenth(value: number | undefined): number | string {
  return value === undefined ? '' : Math.round(value * 10) / 10;
}
