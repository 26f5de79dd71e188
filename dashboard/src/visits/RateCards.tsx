import { visitTarget } from '@carebell/contracts/visit-rate.ts';
import type { VisitNumbers, VisitRate } from '@carebell/contracts/visit-rate.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayAndTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';
import { isBelow, percent } from '../report/percent.ts';

/** The share against the target, by word and sign and not by colour alone, and what it is made of. */
export function RateCards({ rate }: { rate: VisitRate }) {
  const { t } = useTranslation();
  const { all } = rate;
  const isMissed = isBelow(all.share, visitTarget);
  return (
    <div className="target-cards" data-testid="rate-cards">
      <Card title={t('visitRate.rate')} value={percent(all.share)} isMissed={isMissed}>
        {t('visitRate.doneOf', all)}
        <strong className="target">
          {all.share !== null && (
            <span>{isMissed ? `✗ ${t('visitRate.below')}` : `✓ ${t('visitRate.reached')}`}</span>
          )}
          <span className="target-aim">{t('visitRate.target')}</span>
        </strong>
      </Card>
      <Card title={t('visitRate.byKind')} value={String(all.done)}>
        {(['in-person', 'phone', 'sensor'] as const)
          .map((kind) => `${t(`visit.kind.${kind}`)} ${all.byKind[kind]}`)
          .join(' · ')}
        <br />
        {t('visitRate.checkedIn', { n: all.checkedIn })}
      </Card>
      <Card title={t('visitRate.open')} value={String(all.open)}>
        {t('visitRate.missed')} {all.missed}
      </Card>
      <Card title={t('visitRate.overdue')} value={String(overdueOf(all))} isMissed={overdueOf(all) > 0}>
        {t('visitRate.overdueOf', all.overdue)}
      </Card>
      <Card title={t('visitRate.excused')} value={String(all.excused)}>
        {t('visitRate.excusedHint')}
      </Card>
      <Card title={t('visitRate.onlySensor')} value={String(all.onlySensor)}>
        {t('visitRate.onlySensorHint')}
      </Card>
      <Card title={t('visitRate.before')} value="">
        <ol className="rate-before">
          {rate.before.map(({ firstDay, share, due, done }) => (
            <li key={firstDay}>
              <span>{firstDay.slice(5)}</span>
              <meter min={0} max={1} value={share ?? 0} aria-label={firstDay} />
              <span>{due === 0 ? '—' : `${percent(share)} (${done}/${due})`}</span>
            </li>
          ))}
        </ol>
      </Card>
    </div>
  );
}

function overdueOf({ overdue }: VisitNumbers): number {
  return overdue.station + overdue.street + overdue.district;
}

type CardProps = { title: string; value: string; isMissed?: boolean; children: ReactNode };

function Card({ title, value, isMissed = false, children }: CardProps) {
  return (
    <section className="target-card" data-missed={isMissed}>
      <h2>{title}</h2>
      {value !== '' && <p className="target-value">{value}</p>}
      <div className="target-foot">{children}</div>
    </section>
  );
}

/** Each organisation and each grid against the target. */
export function RateTables({ rate }: { rate: VisitRate }) {
  const { t } = useTranslation();
  const stationName = (stationId: string) =>
    rate.organisations.find(({ id }) => id === stationId)?.name ?? stationId;
  const places = rate.organisations.filter(({ numbers }) => numbers.due + numbers.excused > 0);
  return (
    <>
      <h2>{t('visitRate.places')}</h2>
      <table className="plain-table stacked" data-testid="rate-places">
        <NumbersHead first={[t('visitRate.of'), t('visitRate.level')]} />
        <tbody>
          {places.map(({ id, name, level, numbers }) => (
            <NumbersRow
              key={id}
              first={[
                [t('visitRate.of'), name],
                [t('visitRate.level'), t(`level.${level}`)],
              ]}
              numbers={numbers}
            />
          ))}
        </tbody>
      </table>
      <h2>{t('visitRate.grids')}</h2>
      <table className="plain-table stacked" data-testid="rate-grids">
        <NumbersHead first={[t('visitRate.grid'), t('level.station')]} />
        <tbody>
          {rate.grids.map(({ stationId, grid, numbers }) => (
            <NumbersRow
              key={`${stationId} ${grid ?? ''}`}
              first={[
                [t('visitRate.grid'), grid ?? t('visitRate.noGrid')],
                [t('level.station'), stationName(stationId)],
              ]}
              numbers={numbers}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

const counts = ['due', 'done', 'rate', 'missed', 'open', 'excused', 'overdue'] as const;

function NumbersHead({ first }: { first: string[] }) {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        {first.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
        {counts.map((name) => (
          <th key={name} scope="col">
            {t(`visitRate.${name}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function NumbersRow({ first, numbers }: { first: [label: string, text: string][]; numbers: VisitNumbers }) {
  const { t } = useTranslation();
  const value = (name: (typeof counts)[number]): string => {
    if (name === 'rate')
      return `${percent(numbers.share)} ${isBelow(numbers.share, visitTarget) ? '✗' : numbers.share === null ? '' : '✓'}`;
    return String(name === 'overdue' ? overdueOf(numbers) : numbers[name]);
  };
  return (
    <tr>
      {first.map(([label, text]) => (
        <td key={label} data-label={label}>
          {text}
        </td>
      ))}
      {counts.map((name) => (
        <td key={name} data-label={t(`visitRate.${name}`)}>
          {value(name)}
        </td>
      ))}
    </tr>
  );
}

/** Who was not visited, with the reason, what a sensor said, and who is to see to it. */
export function NotVisited({ rate }: { rate: VisitRate }) {
  const { t } = useTranslation();
  const { session, may } = useSession();
  const columns = ['name', 'address', 'grid', 'state', 'why', 'sign'] as const;
  return (
    <>
      <h2>{t('visitRate.people')}</h2>
      {rate.notVisited.length === 0 ? (
        <p>✓ {t('visitRate.peopleEmpty')}</p>
      ) : (
        <table className="plain-table stacked" data-testid="rate-people">
          <thead>
            <tr>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {t(`visitRate.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rate.notVisited.map((one) => (
              <tr key={`${one.residentId} ${one.until}`} data-phase={one.phase}>
                <td data-label={t('visitRate.name')}>
                  {may('resident.read') ? (
                    <Link to={`/residents/${encodeURIComponent(one.residentId)}/visits`}>
                      {one.residentName === '' ? '—' : one.residentName}
                    </Link>
                  ) : (
                    one.residentName
                  )}
                </td>
                <td data-label={t('visitRate.address')}>{one.address}</td>
                <td data-label={t('visitRate.grid')}>{one.grid ?? t('visitRate.noGrid')}</td>
                <td data-label={t('visitRate.state')}>
                  {t(`visitRate.phase.${one.phase}`)}
                  {one.escalatedTo !== null &&
                    ` · ${t('visit.escalated', { to: t(`visit.tier.${one.escalatedTo}`) })}`}
                </td>
                <td data-label={t('visitRate.why')}>
                  {one.absence !== null
                    ? t(`visit.absence.${one.absence}`)
                    : one.whyNot === null
                      ? '—'
                      : t(`visit.reason.${one.whyNot}`)}
                </td>
                <td data-label={t('visitRate.sign')}>
                  {one.lastSignAt === null
                    ? '—'
                    : dayAndTime(one.lastSignAt, session.hub.timeZone).slice(0, -3)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
