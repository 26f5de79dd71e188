import type { Adopted } from '@carebell/contracts/unknown-devices.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { DeviceEvents } from '../devices/DeviceEvents.tsx';
import { useSession } from '../log-in/session.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { AdoptForm } from './AdoptForm.tsx';
import { UnknownCard } from './UnknownCard.tsx';
import { useUnknown } from './unknown-query.ts';
import '../app/lists.css';
import '../registry-forms/registry.css';
import './unknown-devices.css';

/** Enters one radio code as a device, while the hub goes on listening to it. */
export function AdoptPage() {
  const { gatewayId = '', code = '' } = useParams();
  const { t } = useTranslation();
  const [adopted, setAdopted] = useState<Adopted | null>(null);
  const { data, error, refetch } = useUnknown({ gatewayId });
  const unknown = data?.items.find((item) => item.code === code);
  return (
    <main className="list-page unknown-page">
      <SectionTabs section="devices" />
      <header>
        <h1>{t('unknown.adoptTitle')}</h1>
        <p>
          <Link className="quiet-link" to="/unknown-devices">
            {t('unknown.backToList')}
          </Link>
        </p>
      </header>
      {adopted === null && error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {adopted === null && error === null && data === undefined && <PageLoading />}
      {adopted === null && data !== undefined && unknown === undefined && (
        <p className="list-empty">{t('unknown.gone')}</p>
      )}
      {adopted === null && unknown !== undefined && (
        <>
          <UnknownCard unknown={unknown} isBare />
          <AdoptForm unknown={unknown} onAdopted={setAdopted} />
        </>
      )}
      {adopted !== null && <AdoptedNotice adopted={adopted} />}
    </main>
  );
}

/** It is entered: what to do next is to press it once more and see it arrive. */
function AdoptedNotice({ adopted }: { adopted: Adopted }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { device, alarmIds } = adopted;
  return (
    <section data-testid="adopted">
      <output className="listen-state good">
        {t('unknown.adopted', { name: device.name === '' ? device.id : device.name })}
      </output>
      <p>{t('unknown.pressAgain')}</p>
      {alarmIds.map((id) => (
        <p key={id} className="warning">
          {may('alarm.read') ? (
            <Link to={`/alarms/${encodeURIComponent(id)}`}>{t('unknown.alarmNamed')}</Link>
          ) : (
            t('unknown.alarmNamed')
          )}
        </p>
      ))}
      <p className="unknown-actions">
        <Link className="action-link" to="/unknown-devices">
          {t('unknown.next')}
        </Link>
        <Link className="quiet-link" to={`/devices/${encodeURIComponent(device.id)}`}>
          {t('unknown.openDevice')}
        </Link>
      </p>
      <h2>{t('devicePage.events')}</h2>
      <DeviceEvents deviceId={device.id} />
    </section>
  );
}
