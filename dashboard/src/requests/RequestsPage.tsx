import { pageOf } from '@carebell/contracts/http-api.ts';
import { organisationSchema } from '@carebell/contracts/registry.ts';
import { requestViews } from '@carebell/contracts/service-requests.ts';
import type { RequestView } from '@carebell/contracts/service-requests.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { belongsElsewhere, letterOf } from '../alarm-queue/key-command.ts';
import { useKeyCommands } from '../alarm-queue/use-key-commands.ts';
import { resultOrThrow } from '../api/hub-problem.ts';
import { clockTime } from '../app/instants.ts';
import { MorePages } from '../app/MorePages.tsx';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { NewRequest } from './NewRequest.tsx';
import { RequestLine } from './RequestLine.tsx';
import { useRequestActs, useRequests, useRequestsFollowed } from './request-query.ts';
import '../app/lists.css';
import '../registry-forms/registry.css';
import './requests.css';
import { useDocumentKeys } from '../alarm-queue/use-document-keys.ts';

const shownViews = ['open', 'new', 'mine', 'waiting', 'overdue', 'done-today', 'all'] as const;
const stationPage = pageOf(organisationSchema);

/** The queue of service requests, apart from alarms: what is due next stands first. */
export function RequestsPage() {
  const { t } = useTranslation();
  const { session, may } = useSession();
  const navigate = useNavigate();
  const [address, setAddress] = useSearchParams();
  const view = requestViews.find((one) => one === address.get('view')) ?? 'open';
  const stationId = address.get('stationId') ?? '';
  const [selected, setSelected] = useState<string>();
  const [isNew, setNew] = useState(false);
  const { send } = useRequestActs();
  useRequestsFollowed();
  const list = useRequests({ view, stationId });
  const { data, error, refetch, dataUpdatedAt } = list;
  const requests = data?.pages.flatMap(({ items }) => items);
  const counts = data?.pages[0]?.counts;
  const mayWrite = may('request.write');

  const choose = (changed: { view?: RequestView; stationId?: string }): void => {
    const next = { view, stationId, ...changed };
    setAddress(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '')), {
      replace: true,
    });
  };

  useKeyCommands((command) => {
    const at = requests?.findIndex(({ id }) => id === selected) ?? -1;
    if (command === 'next' || command === 'previous') {
      const to = at === -1 ? 0 : at + (command === 'next' ? 1 : -1);
      setSelected(requests?.[Math.max(0, Math.min(requests.length - 1, to))]?.id);
      return true;
    }
    const one = requests?.[at];
    if (one === undefined) return false;
    if (command === 'open') void navigate(`/requests/${one.id}`);
    else if (command === 'acknowledge' && mayWrite) void send('POST', `/${one.id}/take`, {});
    else return false;
    return true;
  });
  useDocumentKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || belongsElsewhere(event.target, document)) return;
    if (letterOf(event) === 'n' && mayWrite && !isNew) {
      event.preventDefault();
      setNew(true);
    }
  });

  return (
    <main className="list-page requests">
      <SectionTabs section="residents" />
      <header>
        <h1>
          {t('request.title')} {counts !== undefined && <small>{counts.open}</small>}
        </h1>
        <StationChoice value={stationId} onChange={(chosen) => choose({ stationId: chosen })} />
        {mayWrite && (
          <div className="list-tools">
            <Button type="primary" data-testid="new-request" onClick={() => setNew(true)}>
              + {t('request.byPhone')}
            </Button>
          </div>
        )}
      </header>
      <nav className="request-views" aria-label={t('request.views')}>
        {shownViews.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === view}
            data-testid={`view-${one}`}
            data-alert={one === 'overdue' && (counts?.overdue ?? 0) > 0}
            onClick={() => choose({ view: one })}
          >
            {t(`request.view.${one}`)}
            {counts !== undefined && one !== 'done-today' && one !== 'all' && <b> {counts[one]}</b>}
          </button>
        ))}
      </nav>
      {isNew && (
        <NewRequest
          onDone={(made) => {
            setNew(false);
            if (made) void navigate(`/requests/${made.id}`);
          }}
        />
      )}
      {error !== null && requests === undefined && (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      )}
      {error !== null && requests !== undefined && (
        <p className="warning" role="alert" data-testid="requests-stale">
          {t('request.stale', { time: clockTime(dataUpdatedAt, session.hub.timeZone) })}
        </p>
      )}
      {requests === undefined && error === null && <PageLoading />}
      {requests?.length === 0 && (
        <p className="list-empty" data-testid="requests-empty">
          {t(view === 'open' || view === 'new' ? 'request.empty' : 'request.emptyView')}
        </p>
      )}
      {requests !== undefined && requests.length > 0 && (
        <>
          <ol className="request-lines" data-testid="requests">
            {requests.map((request) => (
              <RequestLine
                key={request.id}
                request={request}
                isSelected={request.id === selected}
                onTake={mayWrite ? () => void send('POST', `/${request.id}/take`, {}) : undefined}
              />
            ))}
          </ol>
          <MorePages of={list} />
        </>
      )}
      {mayWrite && <p className="dim request-keys">{t('request.keys')}</p>}
    </main>
  );
}

function StationChoice({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const stations = useQuery({
    queryKey: ['request-stations'],
    queryFn: () => resultOrThrow(api.call('GET', '/stations?limit=500', stationPage)),
  }).data?.items;
  if (stations === undefined || stations.length < 2) return null;
  return (
    <select
      className="plain-input"
      aria-label={t('request.station')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('request.allStations')}</option>
      {stations.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
