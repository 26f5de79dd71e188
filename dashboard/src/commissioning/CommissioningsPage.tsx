import type { CommissioningLine } from '@carebell/contracts/commissioning.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { dateAndTime } from '../app/instants.ts';
import { ListPage } from '../app/ListPage.tsx';
import { useSession } from '../log-in/session.ts';
import { ReferenceInput } from '../registry-forms/ReferenceInput.tsx';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import {
  useCommissioningPoints,
  useCommissionings,
  useCommissioningSteps,
  useRetests,
} from './commissioning-query.ts';
import { PointLines } from './PointLines.tsx';
import '../registry-forms/registry.css';
import '../test-mode/test-mode.css';
import './commissioning.css';

/** Commissionings, what they left open, and what must be tested again. */
export function CommissioningsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { data, error, refetch } = useCommissionings({ limit: '50' });
  const points = useCommissioningPoints({ limit: '100' }).data?.items;
  const retests = useRetests({ limit: '100' }).data?.items;
  return (
    <div className="list-frame">
      <SectionTabs section="devices" />
      <ListPage
        title={t('commissioning.title')}
        hint={t('commissioning.hint')}
        error={error}
        onRetry={() => void refetch()}
        count={data?.items.length}
        empty={t('commissioning.empty')}
      >
        <ul className="check-cards" data-testid="commissionings">
          {data?.items.map((line) => (
            <LineCard key={line.id} line={line} />
          ))}
        </ul>
      </ListPage>
      <section className="list-page">
        {may('device.write') && <BeginForm />}
        <h2>{t('commissioning.points')}</h2>
        {points?.length === 0 && <p className="dim">{t('commissioning.noPoints')}</p>}
        {points !== undefined && <PointLines points={points} mayFinish isWithPlace />}
        <h2>{t('commissioning.retests')}</h2>
        {retests?.length === 0 && <p className="dim">{t('commissioning.noRetests')}</p>}
        <ul className="retest-marks">
          {retests?.map((one) => (
            <li key={one.deviceId}>
              <Link to={`/devices/${encodeURIComponent(one.deviceId)}`}>
                {one.deviceName === '' ? one.deviceId : one.deviceName}
              </Link>{' '}
              · {one.address} ·{' '}
              {one.reasons.map((reason) => t(`commissioning.retestReasons.${reason}`)).join(', ')} ·{' '}
              {t(`commissioning.retestNeeds.${one.needs}`)}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

export function LineCard({ line }: { line: CommissioningLine }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { id, address, state, checks, devices, startedAt, startedBy } = line;
  return (
    <li
      className="check-card"
      data-state={state === 'signed' ? 'passed' : state === 'open' ? 'waiting' : 'skipped'}
    >
      <Link className="big-button" to={`/commissionings/${id}`} data-testid={`commissioning-${id}`}>
        {address} ›
      </Link>
      <span>
        <strong>{t(`commissioning.state.${state}`)}</strong> · {t('commissioning.devices', { n: devices })} ·{' '}
        {t('commissioning.counts', checks)}
      </span>
      <span className="dim">
        {dateAndTime(startedAt, session.hub.timeZone).slice(0, 16)} · {startedBy.displayName}
      </span>
    </li>
  );
}

function BeginForm() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { begin } = useCommissioningSteps();
  const [dwellingId, setDwellingId] = useState<string>();
  async function go(): Promise<void> {
    const begun = dwellingId === undefined ? undefined : await begin(dwellingId);
    if (begun) void navigate(`/commissionings/${begun.id}`);
  }
  return (
    <form
      className="big-fields"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <label htmlFor="commissioned">
        <span>{t('commissioning.choose')}</span>
        <ReferenceInput
          id="commissioned"
          of="dwellings"
          value={dwellingId}
          isClearable
          disabled={false}
          onChange={setDwellingId}
        />
      </label>
      <button type="submit" className="big-button" data-main="true" disabled={dwellingId === undefined}>
        {t('commissioning.begin')}
      </button>
    </form>
  );
}
