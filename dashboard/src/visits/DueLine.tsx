import type { DueResident } from '@carebell/contracts/visits.ts';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../app/instants.ts';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { useSession } from '../log-in/session.ts';
import { OwedLines } from './OwedLines.tsx';

type Props = { resident: DueResident; isWaiting: boolean; onRecord: () => void };

/** One resident to be visited: where, by when, what is known, and what to do. */
export function DueLine({ resident, isWaiting, onRecord }: Props) {
  const { t } = useTranslation();
  const { session } = useSession();
  const at = (instant: string) => dayAndTime(instant, session.hub.timeZone).slice(0, -3);
  const { residentId, residentName, address, grid, phone, owed, absence, lastVisit, lastSignAt } = resident;
  return (
    <li data-testid={`due-${residentId}`} data-overdue={resident.isOverdue}>
      <div className="visit-who">
        <strong>{residentName}</strong>
        {resident.riskGroups.map((group) => (
          <span key={group} className="visit-mark">
            {t(`riskGroup.${group}`)}
          </span>
        ))}
        {absence !== null && <span className="visit-mark">{t(`visit.absence.${absence}`)}</span>}
        {isWaiting && <span className="visit-mark">{t('visit.waiting')}</span>}
      </div>
      <p className="visit-address">
        {address}
        {grid !== null && <span className="dim"> · {grid}</span>}
      </p>
      <OwedLines owed={owed} />
      <p className="dim">
        {lastVisit === null
          ? t('visit.never')
          : lastVisit.result === 'met'
            ? t('visit.last', { kind: t(`visit.kind.${lastVisit.kind}`), time: at(lastVisit.at) })
            : t('visit.lastNotMet', { time: at(lastVisit.at) })}
        {lastSignAt !== null && ` · ${t('visit.sign', { time: at(lastSignAt) })}`}
      </p>
      <div className="visit-acts">
        {phone === null ? (
          <span className="dim">{t('visit.noPhone')}</span>
        ) : (
          <a className="visit-call" href={phoneLink(phone)} aria-label={`${t('visit.call')} ${residentName}`}>
            {spokenPhone(phone)}
          </a>
        )}
        <Button
          type="primary"
          size="large"
          disabled={isWaiting}
          data-testid={`record-${residentId}`}
          aria-label={t('visit.form', { name: residentName })}
          onClick={onRecord}
        >
          {t('visit.record')}
        </Button>
      </div>
    </li>
  );
}
