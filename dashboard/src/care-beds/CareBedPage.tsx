import type { CareBedDetail } from '@carebell/contracts/care-beds.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ResidentAbsences } from '../absence/ResidentAbsences.tsx';
import { clockTime, dateAndTime, dayAndTime } from '../app/instants.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useIsTrusted, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { BedNow } from './BedNow.tsx';
import { careBedPath, staleAfterMs, useCareBed, useCareBedChange } from './care-bed-query.ts';
import { CarersCard } from './CarersCard.tsx';
import { RespitesCard } from './RespitesCard.tsx';
import '../app/lists.css';
import '../history/history.css';
import '../registry-forms/registry.css';
import './care-beds.css';

/** One bed: how it is, who cares and when, what watches, and what was of late. */
export function CareBedPage() {
  const { id = '' } = useParams();
  const { data: bed, error, refetch, dataUpdatedAt } = useCareBed(id);
  if (bed === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  return <BedSheet bed={bed} cameAtMs={dataUpdatedAt} isFailing={error !== null} />;
}

type Props = { bed: CareBedDetail; cameAtMs: number; isFailing: boolean };

function BedSheet({ bed, cameAtMs, isFailing }: Props) {
  const { t } = useTranslation();
  const { may, session } = useSession();
  const { timeZone } = session.hub;
  const isTrusted = useIsTrusted() || !may('alarm.watch');
  const isStale = useNow() - cameAtMs > staleAfterMs || isFailing || !isTrusted;
  const mayWrite = may('care-bed.write') && bed.endedAt === null;
  return (
    <main className="list-page care-beds">
      <SectionTabs section="residents" />
      <header>
        <h1>
          {bed.residentName} <small>{t('careBed.one')}</small>
        </h1>
        <p className="dim">
          {bed.address} · {bed.stationName} ·{' '}
          {t('careBed.openedBy', {
            time: dateAndTime(bed.openedAt, timeZone),
            name: bed.openedBy.displayName,
          })}
        </p>
        <div className="list-tools">
          <Link className="step-button" to={`/residents/${encodeURIComponent(bed.residentId)}`}>
            {t('careBed.resident')}
          </Link>
          <Link className="step-button" to={`/night/${encodeURIComponent(bed.stationId)}`}>
            {t('section.night')}
          </Link>
        </div>
      </header>
      {isStale && (
        <p className="history-stale" role="alert">
          {t('history.stale', { time: clockTime(cameAtMs, timeZone) })}
        </p>
      )}
      <div className="care-bed-sheet">
        <section className="history-card" data-testid="bed-now">
          <h2>{t('careBed.now')}</h2>
          <BedNow bed={bed} />
          <h3>{t('careBed.devices')}</h3>
          {bed.devices.length === 0 && <p className="dim">{t('careBed.noDevices')}</p>}
          <ul className="bed-lines">
            {bed.devices.map(({ id, name, of, isHeard }) => (
              <li key={id}>
                <Link to={`/devices/${encodeURIComponent(id)}`}>{name === '' ? id : name}</Link>{' '}
                <span className="dim">{t(`careBed.device.${of}`)}</span>{' '}
                {isHeard ? `✓ ${t('careBed.heard')}` : `⚠ ${t('careBed.notHeard')}`}
              </li>
            ))}
          </ul>
        </section>
        <CarersCard key={`carers ${bed.version}`} bed={bed} mayWrite={mayWrite} />
        <RespitesCard bed={bed} mayWrite={mayWrite} />
        <section className="history-card">
          <h2>{t('careBed.carerPresent')}</h2>
          <p className="dim">{t('careBed.carerPresentHint')}</p>
          {may('absence.read') && <ResidentAbsences residentId={bed.residentId} />}
        </section>
        <BedLog bed={bed} />
        {mayWrite && <BedEnd id={bed.id} />}
      </div>
    </main>
  );
}

function BedLog({ bed }: { bed: CareBedDetail }) {
  const { t } = useTranslation();
  const { session } = useSession();
  return (
    <section className="history-card" data-testid="bed-log">
      <h2>{t('careBed.log')}</h2>
      {bed.log.length === 0 && <p className="dim">{t('careBed.noLog')}</p>}
      <ul className="bed-lines">
        {bed.log.map((line) => (
          <li key={`${line.of} ${line.id}`}>
            <time>{dayAndTime(line.at, session.hub.timeZone)}</time>{' '}
            {line.of === 'alarm' ? (
              <Link to={`/alarms/${encodeURIComponent(line.id)}`}>
                {t(`kind.${line.kind}`)} {line.isOpen && t('careBed.stillOpen')}
              </Link>
            ) : (
              <>
                {t(`careBed.visit.${line.kind}`)}{' '}
                {t(line.result === 'met' ? 'careBed.met' : 'careBed.notMet')} {line.visitor}
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function BedEnd({ id }: { id: string }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { send, problem, isSending } = useCareBedChange();
  const [reason, setReason] = useState('');
  return (
    <details className="care-bed-new">
      <summary>{t('careBed.end')}</summary>
      <div className="care-bed-row">
        <label htmlFor="bed-end-reason">{t('careBed.reason')}</label>
        <input
          id="bed-end-reason"
          className="plain-input"
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
        <button
          type="button"
          className="step-button"
          disabled={reason.trim() === '' || isSending}
          onClick={() => void send('POST', `${careBedPath(id)}/end`, { reason })}
        >
          {t('careBed.endNow')}
        </button>
      </div>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problemText(problem)}
        </p>
      )}
    </details>
  );
}
