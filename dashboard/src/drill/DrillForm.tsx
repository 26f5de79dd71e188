import { drillKinds, drillNotifies, drillSchema } from '@carebell/contracts/drill.ts';
import type { DrillKind, DrillNotifies, NewDrill } from '@carebell/contracts/drill.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { organisationSchema, residentSchema } from '@carebell/contracts/registry.ts';
import { useQuery } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { Field } from '../app/Field.tsx';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import '../hand-over/hand-over.css';

const stationPage = pageOf(organisationSchema);
const residentPage = pageOf(residentSchema);

/** Begins a drill, or plans one, after saying what it is and what it is not. */
export function DrillForm({ onBegun }: { onBegun: () => void }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { message, modal } = App.useApp();
  const problemText = useProblemText();
  const [stationId, setStationId] = useState('');
  const [kind, setKind] = useState<DrillKind>('help');
  const [residentId, setResidentId] = useState('');
  const [startsAt, setStartsAt] = useState('');
  const [notifies, setNotifies] = useState<DrillNotifies>('nobody');
  const stations = useQuery({
    queryKey: ['drill-stations'],
    queryFn: () => resultOrThrow(api.call('GET', '/stations?limit=500', stationPage)),
  }).data?.items;
  const station = stationId === '' ? (stations?.[0]?.id ?? '') : stationId;
  const residents = useQuery({
    queryKey: ['drill-residents', station],
    enabled: station !== '',
    queryFn: () =>
      resultOrThrow(
        api.call('GET', `/residents?limit=500&stationId=${encodeURIComponent(station)}`, residentPage),
      ),
  }).data?.items;

  async function begin(): Promise<void> {
    const body: NewDrill = {
      stationId: station,
      kind,
      residentId: residentId === '' ? null : residentId,
      startsAt: startsAt === '' ? null : new Date(startsAt).toISOString(),
      notifies,
    };
    const answer = await api.call('POST', '/drills', drillSchema, body);
    if (answer.ok) void message.success(t('drill.begun'));
    else void message.error(problemText(answer.problem));
    onBegun();
  }

  return (
    <form
      className="drill-form not-for-print"
      data-testid="drill-form"
      onSubmit={(event) => {
        event.preventDefault();
        modal.confirm({
          title: t('drill.confirmTitle'),
          content: t(notifies === 'nobody' ? 'drill.confirmNobody' : 'drill.confirmStaff'),
          okText: t(startsAt === '' ? 'drill.begin' : 'drill.plan'),
          centered: true,
          onOk: begin,
        });
      }}
    >
      <Field label={t('drill.station')}>
        <select
          className="plain-input"
          value={station}
          onChange={(event) => {
            setStationId(event.target.value);
            setResidentId('');
          }}
        >
          {stations?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('drill.kind')}>
        <select
          className="plain-input"
          value={kind}
          onChange={(event) => setKind(drillKinds.find((one) => one === event.target.value) ?? 'help')}
        >
          {drillKinds.map((one) => (
            <option key={one} value={one}>
              {t(`kind.${one}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('drill.resident')}>
        <select
          className="plain-input"
          value={residentId}
          onChange={(event) => setResidentId(event.target.value)}
        >
          <option value="">{t('drill.anyResident')}</option>
          {residents?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('drill.startsAt')}>
        <input
          type="datetime-local"
          className="plain-input"
          value={startsAt}
          onChange={(event) => setStartsAt(event.target.value)}
        />
      </Field>
      <Field label={t('drill.notifies')}>
        <select
          className="plain-input"
          value={notifies}
          onChange={(event) =>
            setNotifies(drillNotifies.find((one) => one === event.target.value) ?? 'nobody')
          }
        >
          {drillNotifies.map((one) => (
            <option key={one} value={one}>
              {t(`drill.notify.${one}`)}
            </option>
          ))}
        </select>
      </Field>
      <button type="submit" className="step-button" data-main="true" disabled={station === ''}>
        {t(startsAt === '' ? 'drill.begin' : 'drill.plan')}
      </button>
    </form>
  );
}
