import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { useRecord } from '../registry-forms/record-query.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { HistoryBehind } from './HistoryBehind.tsx';
import { PaceCard } from './PaceCard.tsx';
import { ResponsesCard } from './ResponsesCard.tsx';
import { useView, ViewSwitch } from './ViewSwitch.tsx';
import '../app/lists.css';
import '../registry-forms/registry.css';

/** How a station is doing: what its devices say, and how fast its alarms are answered. */
export function StationPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { may } = useSession();
  const [view, setView] = useView();
  const { data: station, error, refetch } = useRecord('stations', id);
  if (station === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  return (
    <main className="list-page history">
      <SectionTabs section="organisations" />
      <header>
        <h1>
          {station.name} <small>{t('history.station')}</small>
        </h1>
        <div className="list-tools">
          {may('rule.read') && (
            <Link className="action-link" to={`/organisations/${encodeURIComponent(id)}/rules`}>
              {t('rule.title')}
            </Link>
          )}
          {may('resident.read') && (
            <Link className="action-link" to={`/night/${encodeURIComponent(id)}`}>
              {t('night.title')}
            </Link>
          )}
          <ViewSwitch view={view} onChange={setView} />
        </div>
      </header>
      <HistoryBehind />
      <PaceCard stationId={id} view={view} />
      <ResponsesCard stationId={id} view={view} />
    </main>
  );
}
