import type { Commissioning } from '@carebell/contracts/commissioning.ts';
import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { clockTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useSession } from '../log-in/session.ts';
import { CheckedDevice } from './CheckedDevice.tsx';
import { useCommissioning, useCommissioningSteps } from './commissioning-query.ts';
import { PointLines } from './PointLines.tsx';
import { SignForm } from './SignForm.tsx';
import { useAbandon } from './use-abandon.ts';
import '../app/lists.css';
import '../test-mode/test-mode.css';
import './commissioning.css';

/** The check list of a dwelling: each device tries itself out while somebody is there, and the hub ticks off what it hears. */
export function CommissioningPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { data, error, refetch } = useCommissioning(id);
  if (data === undefined) {
    if (error === null) return <PageLoading />;
    return (
      <main className="list-page">
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      </main>
    );
  }
  return (
    <main className="list-page commissioning" data-testid="commissioning" data-state={data.state}>
      {error !== null && (
        <output className="commissioning-stale" data-testid="commissioning-stale">
          ⚠ {t('commissioning.unreachable')}
        </output>
      )}
      <Head commissioning={data} />
      {data.state === 'open' && <UnderTest commissioning={data} />}
      {data.deviceList.length === 0 && (
        <div className="list-empty">
          <p>{t('commissioning.noDevices')}</p>
          <Link
            className="big-button"
            to={`/workbench/register?dwelling=${encodeURIComponent(data.dwellingId)}`}
          >
            {t('commissioning.addDevice')}
          </Link>
        </div>
      )}
      {data.deviceList.map((device) => (
        <CheckedDevice
          key={device.deviceId}
          device={device}
          commissioningId={data.id}
          isOpen={data.state === 'open'}
        />
      ))}
      {data.points.length > 0 && (
        <section>
          <h2>{t('commissioning.points')}</h2>
          <PointLines points={data.points} mayFinish={data.state !== 'open'} />
        </section>
      )}
      {data.state === 'open' && <Ending commissioning={data} />}
    </main>
  );
}

function Head({ commissioning }: { commissioning: Commissioning }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { address, dwellingId, checks, state, asOf, abandonedBecause } = commissioning;
  return (
    <header>
      <h1>
        {t('commissioning.title')} <small>{t(`commissioning.state.${state}`)}</small>
      </h1>
      <p>
        <Link to={`/dwellings/${encodeURIComponent(dwellingId)}`}>{address}</Link>
      </p>
      <p className="commissioning-counts" data-testid="commissioning-counts">
        {t('commissioning.counts', checks)}{' '}
        <small className="dim">
          {t('commissioning.asOf', { time: clockTime(asOf, session.hub.timeZone) })}
        </small>
      </p>
      {abandonedBecause !== null && <p>{t('commissioning.abandoned', { reason: abandonedBecause })}</p>}
      {state === 'signed' && (
        <Link
          className="big-button"
          data-main="true"
          data-testid="to-record"
          to={`/commissionings/${commissioning.id}/record`}
        >
          {t('commissioning.toRecord')} ›
        </Link>
      )}
    </header>
  );
}

function UnderTest({ commissioning: { id, test } }: { commissioning: Commissioning }) {
  const { t } = useTranslation();
  const { session, may } = useSession();
  const { act } = useCommissioningSteps();
  const time = test && clockTime(test.endsAt, session.hub.timeZone).slice(0, 5);
  return (
    <div className="commissioning-test" data-running={test !== null} data-testid="commissioning-test">
      <strong>
        {test === null ? `⚠ ${t('commissioning.testOver')}` : t('commissioning.test', { time })}
      </strong>
      {may('device.write') && (
        <button type="button" className="big-button" onClick={() => void act(id, 'test', { minutes: 60 })}>
          {t(test === null ? 'commissioning.testAgain' : 'commissioning.prolong')}
        </button>
      )}
    </div>
  );
}

function Ending({ commissioning }: { commissioning: Commissioning }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { modal } = App.useApp();
  const [isSigning, setSigning] = useState(false);
  const abandon = useAbandon(commissioning.id);
  const { waiting } = commissioning.checks;
  const isReady = waiting === 0 && commissioning.deviceList.length > 0;
  if (!may('device.write')) return null;
  if (isSigning && isReady)
    return <SignForm commissioning={commissioning} onCancel={() => setSigning(false)} />;
  return (
    <footer className="big-buttons">
      <button
        type="button"
        className="big-button"
        data-main="true"
        data-testid="begin-signing"
        disabled={!isReady}
        onClick={() => setSigning(true)}
      >
        {t('commissioning.sign')}
      </button>
      <button type="button" className="big-button" onClick={() => abandon(modal)}>
        {t('commissioning.abandon')}
      </button>
      {!isReady && <p className="dim">{t('commissioning.signWaiting', { n: waiting })}</p>}
    </footer>
  );
}
