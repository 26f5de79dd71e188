import type { CaseNumbers, Report, ReportHop } from '@carebell/contracts/report.ts';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayAndTime } from '../app/instants.ts';
import { useChartLook } from '../history/chart-look.ts';
import { Chart, NumbersTable } from '../history/HistoryCard.tsx';
import { spanText } from '../history/station-figures.ts';
import { Definition } from './Definition.tsx';
import type { DefinedNumber } from './Definition.tsx';
import { percent } from './percent.ts';
import { hopsOption, hopTimes, parts, placesWithCases, sharesOption } from './report-charts.ts';

const rowRem = 3.25;

/** Every organisation against the targets. */
export function OrganisationsCard({ report }: { report: Report }) {
  const { t } = useTranslation();
  const look = useChartLook();
  const places = useMemo(() => placesWithCases(report), [report]);
  const build = useMemo(() => {
    const words = { within60s: t('numbers.name.within60s'), within180s: t('numbers.name.within180s') };
    return () => sharesOption(places, look, words);
  }, [places, look, t]);
  return (
    <Card name="organisations" isEmpty={places.length === 0}>
      <Legend
        names={[t('numbers.name.within60s'), t('numbers.name.within180s')]}
        shapes={['p50Ms', 'service']}
      />
      <Chart build={build} heightRem={places.length * rowRem + 2} />
      <NumbersTable
        caption={t('numbers.organisationsCaption')}
        head={[
          t('numbers.organisation'),
          t('numbers.level'),
          ...(['cases', 'open', 'within60s', 'within180s', 'onSite', 'falseAlarms'] as const).map((name) =>
            t(`numbers.name.${name}`),
          ),
          t('numbers.answeredP95'),
        ]}
        rows={places.map(({ id, name, level, numbers }) => ({
          key: id,
          cells: [
            name,
            t(`level.${level}`),
            numbers.cases,
            numbers.open,
            percent(numbers.within60s.share),
            percent(numbers.within180s.share),
            percent(numbers.onSite.share),
            numbers.falseAlarms,
            numbers.hops.answered ? spanText(numbers.hops.answered.p95Ms) : '—',
          ],
        }))}
      />
    </Card>
  );
}

/** How long each hop took. */
export function HopsCard({ numbers }: { numbers: CaseNumbers }) {
  const { t } = useTranslation();
  const look = useChartLook();
  const rows = useMemo(() => hopTimes(numbers), [numbers]);
  const build = useMemo(() => {
    const words = { hop: (hop: ReportHop) => t(`numbers.hop.${hop}`) };
    return (widthPx: number) => hopsOption(rows, look, words, widthPx);
  }, [rows, look, t]);
  return (
    <Card name="hops" isEmpty={rows.length === 0}>
      <Legend names={['P50', 'P95', 'P99']} shapes={['p50Ms', 'p90Ms', 'p99Ms']} />
      <Chart build={build} heightRem={rows.length * rowRem + 2} />
      <NumbersTable
        caption={t('numbers.hopsCaption')}
        head={[t('numbers.way'), t('numbers.count'), 'P50', 'P95', 'P99', t('numbers.longest')]}
        rows={rows.map((row) => ({
          key: row.hop,
          cells: [
            t(`numbers.hop.${row.hop}`),
            row.count,
            ...parts.map((part) => spanText(row[part])),
            spanText(row.maxMs),
          ],
        }))}
      />
    </Card>
  );
}

export function MissedCard({ numbers }: { numbers: CaseNumbers }) {
  const { t } = useTranslation();
  return (
    <Card name="missed" isEmpty={numbers.missed.length === 0}>
      <NumbersTable
        caption={t('numbers.missedCaption')}
        head={[t('numbers.deadline'), t('numbers.reason'), t('numbers.count')]}
        rows={numbers.missed.map(({ deadline, reason, count }) => ({
          key: `${deadline} ${reason}`,
          cells: [t(`missedDeadline.${deadline}`), t(`missReason.${reason}`), count],
        }))}
      />
      {numbers.reviews.of > 0 && (
        <p data-testid="number-reviews">
          <Link to="/overdue?state=waiting">{t('numbers.reviewsOf', numbers.reviews)}</Link>
        </p>
      )}
    </Card>
  );
}

export function FalseAlarmsCard({ report: { devices } }: { report: Report }) {
  const { t } = useTranslation();
  return (
    <Card name="devices" isEmpty={devices.length === 0}>
      <NumbersTable
        caption={t('numbers.devicesCaption')}
        head={[t('numbers.device'), t('numbers.name.falseAlarms'), t('numbers.name.cases')]}
        rows={devices.map(({ deviceId, name, cases, falseAlarms }) => ({
          key: deviceId,
          cells: [
            <Link key="link" to={`/devices/${deviceId}`}>
              {name === '' ? deviceId : name}
            </Link>,
            falseAlarms,
            cases,
          ],
        }))}
      />
    </Card>
  );
}

/** Each of these is to be looked at: why did it take so long? */
export function SlowCard({ report: { slow, timeZone } }: { report: Report }) {
  const { t } = useTranslation();
  return (
    <Card name="slow" isEmpty={slow.length === 0}>
      <NumbersTable
        caption={t('numbers.slowCaption')}
        head={[t('numbers.alarm'), t('numbers.pressedAt'), t('numbers.answeredAfter')]}
        rows={slow.map(({ alarmId, kind, pressedAt, answeredAfterMs }) => ({
          key: alarmId,
          cells: [
            <Link key="link" to={`/alarms/${alarmId}`}>
              {t(`kind.${kind}`)}
            </Link>,
            dayAndTime(pressedAt, timeZone),
            answeredAfterMs === null ? `! ${t('numbers.unanswered')}` : spanText(answeredAfterMs),
          ],
        }))}
      />
    </Card>
  );
}

function Legend({ names, shapes }: { names: readonly string[]; shapes: readonly string[] }) {
  return (
    <p className="history-legend">
      {names.map((name, index) => (
        <span key={name} data-shape={shapes[index]}>
          {name}
        </span>
      ))}
    </p>
  );
}

export function Card({
  name,
  isEmpty,
  children,
}: {
  name: DefinedNumber;
  isEmpty: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <section className="history-card numbers-card" data-testid={`numbers-${name}`}>
      <header>
        <h2>{t(`numbers.name.${name}`)}</h2>
        <Definition of={name} />
      </header>
      {isEmpty ? <p className="history-empty">{t('numbers.nothing')}</p> : children}
    </section>
  );
}
