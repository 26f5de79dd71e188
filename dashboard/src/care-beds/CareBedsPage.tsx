import type { CareBed } from '@carebell/contracts/care-beds.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { clockTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useIsTrusted, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { BedNow } from './BedNow.tsx';
import { careBedPath, staleAfterMs, useCareBeds } from './care-bed-query.ts';
import { NewCareBed } from './NewCareBed.tsx';
import '../app/lists.css';
import '../history/history.css';
import '../registry-forms/registry.css';
import './care-beds.css';

/** Homes under watch round the clock: those first that need somebody. */
export function CareBedsPage() {
  const { t } = useTranslation();
  const { may, session } = useSession();
  const [state, choose] = useState<'open' | 'ended'>('open');
  const { data, error, refetch, dataUpdatedAt } = useCareBeds(state);
  const isTrusted = useIsTrusted() || !may('alarm.watch');
  const isStale = useNow() - dataUpdatedAt > staleAfterMs || error !== null || !isTrusted;
  return (
    <main className="list-page care-beds">
      <SectionTabs section="residents" />
      <header>
        <h1>
          {t('careBed.title')} {data !== undefined && <small>{data.items.length}</small>}
        </h1>
        <label className="care-bed-state">
          <span className="dim">{t('careBed.state')}</span>
          <select
            className="plain-input"
            value={state}
            onChange={(event) => choose(event.target.value === 'ended' ? 'ended' : 'open')}
          >
            <option value="open">{t('careBed.open')}</option>
            <option value="ended">{t('careBed.ended')}</option>
          </select>
        </label>
      </header>
      {may('care-bed.write') && <NewCareBed />}
      {data === undefined && error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <PageLoading />}
      {data !== undefined && isStale && (
        <p className="history-stale" role="alert">
          {t('history.stale', { time: clockTime(dataUpdatedAt, session.hub.timeZone) })}
        </p>
      )}
      {data?.items.length === 0 && <p className="list-empty">{t('careBed.empty')}</p>}
      <ul className="care-bed-list" data-testid="care-beds">
        {data?.items.map((bed) => (
          <BedCard key={bed.id} bed={bed} />
        ))}
      </ul>
    </main>
  );
}

function BedCard({ bed }: { bed: CareBed }) {
  return (
    <li className="care-bed-card" data-alarm={bed.alarms.length > 0} data-lacks={bed.lacks.length > 0}>
      <h2>
        <Link to={careBedPath(bed.id)}>{bed.residentName}</Link>
      </h2>
      <p className="dim">
        {bed.address} · {bed.stationName}
      </p>
      <BedNow bed={bed} />
    </li>
  );
}
