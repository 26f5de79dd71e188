import { visitCauses, visitKinds } from '@carebell/contracts/visit-frequencies.ts';
import type { VisitFrequency, VisitSettingsPatch } from '@carebell/contracts/visit-frequencies.ts';
import { shownVisitSettingsSchema, visitGroups } from '@carebell/contracts/visit-settings.ts';
import type { ShownVisitSettings } from '@carebell/contracts/visit-settings.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { resultOrThrow } from '../api/hub-problem.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useAct } from '../app/use-act.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { Several } from './Choices.tsx';
import { DigestHoursFields } from './DigestHoursFields.tsx';
import { FrequencySelect } from './FrequencySelect.tsx';
import '../app/lists.css';
import '../hand-over/hand-over.css';
import '../registry-forms/registry.css';
import './visits.css';

/** How often residents of an organisation are visited, and what counts. */
export function VisitSettingsPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const name = useReferenceName('organisations', id);
  const path = `/organisations/${encodeURIComponent(id)}/visit-settings`;
  const { data, error, refetch } = useQuery({
    queryKey: ['visits', 'settings', id],
    queryFn: () => resultOrThrow(api.call('GET', path, shownVisitSettingsSchema)),
  });
  return (
    <main className="list-page visits">
      <SectionTabs section="organisations" />
      <header>
        <h1>
          {name} <small>{t('visitPlan.settings')}</small>
        </h1>
        <p className="dim">{t('visitPlan.hint')}</p>
      </header>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <PageLoading />}
      {data !== undefined && <SettingsForm key={`${id} ${data.version}`} path={path} shown={data} />}
    </main>
  );
}

function SettingsForm({ path, shown }: { path: string; shown: ShownVisitSettings }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { may } = useSession();
  const { isSending, act } = useAct(['visits']);
  const [own, setOwn] = useState<VisitSettingsPatch>(shown.own);
  const { inherited } = shown;
  const word = (frequency: VisitFrequency) => t(`visitPlan.frequency.${frequency}`);
  const hours = own.escalateAfterHours ?? inherited.escalateAfterHours;

  async function save(): Promise<void> {
    const body = { settings: own, version: shown.version };
    await act(api.call('PUT', path, shownVisitSettingsSchema, body), t('visitPlan.saved'));
  }

  return (
    <form
      className="visit-form"
      data-testid="visit-settings"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset disabled={!may('visit.plan')}>
        <legend>{t('visitPlan.groups')}</legend>
        {visitGroups.map((group) => (
          <FrequencySelect
            key={group}
            label={group === 'others' ? t('visitPlan.others') : t(`riskGroup.${group}`)}
            without={t('visitPlan.inherit', { value: word(inherited.frequencies[group]) })}
            value={own.frequencies?.[group]}
            testId={`frequency-${group}`}
            onChange={(frequency) =>
              setOwn({ ...own, frequencies: { ...own.frequencies, [group]: frequency } })
            }
          />
        ))}
      </fieldset>
      <fieldset disabled={!may('visit.plan')}>
        <legend>{t('visitPlan.fulfilled')}</legend>
        {visitCauses.map((cause) => {
          const entered = own.fulfilledBy?.[cause];
          const put = (list: typeof entered) =>
            setOwn({ ...own, fulfilledBy: { ...own.fulfilledBy, [cause]: list } });
          return (
            <div key={cause}>
              <label className="visit-switch">
                <input
                  type="checkbox"
                  checked={entered !== undefined}
                  onChange={(event) =>
                    put(event.target.checked ? [...inherited.fulfilledBy[cause]] : undefined)
                  }
                />
                <span>
                  {t(`visit.cause.${cause}`)}:{' '}
                  {entered === undefined
                    ? t('visitPlan.inherit', {
                        value: inherited.fulfilledBy[cause]
                          .map((kind) => t(`visit.kind.${kind}`))
                          .join(' · '),
                      })
                    : t('visitPlan.ownKinds')}
                </span>
              </label>
              {entered !== undefined && (
                <Several
                  legend={t(`visit.cause.${cause}`)}
                  of={visitKinds}
                  value={entered}
                  word={(kind) => t(`visit.kind.${kind}`)}
                  onChange={(list) => put(list.length === 0 ? entered : list)}
                />
              )}
            </div>
          );
        })}
      </fieldset>
      <fieldset disabled={!may('visit.plan')}>
        <legend>{t('visitPlan.escalate')}</legend>
        <Hours
          label={t('visitPlan.after')}
          value={own.afterEventHours ?? inherited.afterEventHours}
          atMost={168}
          onChange={(afterEventHours) => setOwn({ ...own, afterEventHours })}
        />
        {(['street', 'district'] as const).map((tier) => (
          <Hours
            key={tier}
            label={t(`visit.tier.${tier}`)}
            value={hours[tier]}
            atMost={2_160}
            onChange={(value) => setOwn({ ...own, escalateAfterHours: { ...hours, [tier]: value } })}
          />
        ))}
      </fieldset>
      <fieldset disabled={!may('visit.plan')}>
        <legend>{t('visitPlan.digestTitle')}</legend>
        <DigestHoursFields
          own={own.digestHours}
          inherited={inherited.digestHours}
          onChange={(digestHours) => setOwn({ ...own, digestHours })}
        />
      </fieldset>
      {may('visit.plan') && (
        <Button type="primary" size="large" htmlType="submit" loading={isSending} data-testid="save-settings">
          {t('visitPlan.save')}
        </Button>
      )}
    </form>
  );
}

type HoursProps = { label: string; value: number; atMost: number; onChange: (value: number) => void };

function Hours({ label, value, atMost, onChange }: HoursProps) {
  const { t } = useTranslation();
  return (
    <label>
      <span>
        {label} ({t('visitPlan.hours')})
      </span>
      <input
        required
        type="number"
        min={1}
        max={atMost}
        className="plain-input"
        value={value}
        onChange={(event) => onChange(event.target.valueAsNumber || 1)}
      />
    </label>
  );
}
