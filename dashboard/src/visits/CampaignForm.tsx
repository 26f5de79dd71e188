import { pageOf } from '@carebell/contracts/http-api.ts';
import { organisationSchema, riskGroups } from '@carebell/contracts/registry.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import { campaignKinds, campaignSchema } from '@carebell/contracts/visit-campaigns.ts';
import type { CampaignKind, NewCampaign } from '@carebell/contracts/visit-campaigns.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useAct } from '../app/use-act.ts';
import { useWorkplace } from '../app/workplace.ts';
import { Several } from './Choices.tsx';

const organisationPage = pageOf(organisationSchema);
const dayMs = 86_400_000;

/** Begins a campaign; whom to call is drawn up once, as it begins. */
export function CampaignForm() {
  const { t } = useTranslation();
  const { api, ticker } = useWorkplace();
  const navigate = useNavigate();
  const { act } = useAct(['visits']);
  const [name, setName] = useState('');
  const [kind, setKind] = useState<CampaignKind>('heat');
  const [organisationId, setOrganisation] = useState('');
  const [groups, setGroups] = useState<Resident['riskGroups']>([]);
  const [script, setScript] = useState('');
  const [until, setUntil] = useState(() => new Date(ticker.now() + dayMs).toISOString().slice(0, 10));
  const organisations = useQuery({
    queryKey: ['visit-organisations'],
    queryFn: () => resultOrThrow(api.call('GET', '/organisations?limit=500', organisationPage)),
  }).data?.items;
  const place = organisationId === '' ? (organisations?.[0]?.id ?? '') : organisationId;

  async function begin(): Promise<void> {
    const body: NewCampaign = {
      name: name.trim(),
      kind,
      organisationId: place,
      groups,
      script: script.trim(),
      // To the end of that day.
      until: new Date(Date.parse(`${until}T00:00`) + dayMs).toISOString(),
    };
    const begun = await act(api.call('POST', '/visit-campaigns', campaignSchema, body), t('campaign.begun'));
    if (begun !== undefined) await navigate(`/visit-campaigns/${begun.id}`);
  }

  return (
    <details className="campaign-form">
      <summary data-testid="new-campaign">{t('campaign.new')}</summary>
      <form
        className="visit-form"
        onSubmit={(event) => {
          event.preventDefault();
          void begin();
        }}
      >
        <label>
          <span>{t('campaign.name')}</span>
          <input
            required
            className="plain-input"
            maxLength={80}
            value={name}
            placeholder={t('campaign.namePlaceholder')}
            data-testid="campaign-name"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label>
          <span>{t('campaign.kindLabel')}</span>
          <select
            className="plain-input"
            value={kind}
            onChange={(event) => setKind(campaignKinds.find((one) => one === event.target.value) ?? 'heat')}
          >
            {campaignKinds.map((one) => (
              <option key={one} value={one}>
                {t(`campaign.kind.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{t('campaign.place')}</span>
          <select
            className="plain-input"
            value={place}
            onChange={(event) => setOrganisation(event.target.value)}
          >
            {organisations?.map(({ id, name: called, level }) => (
              <option key={id} value={id}>
                {t(`level.${level}`)} {called}
              </option>
            ))}
          </select>
        </label>
        <Several
          legend={
            groups.length === 0 ? `${t('campaign.groups')}: ${t('campaign.everybody')}` : t('campaign.groups')
          }
          of={riskGroups}
          value={groups}
          word={(one) => t(`riskGroup.${one}`)}
          onChange={setGroups}
        />
        <label>
          <span>{t('campaign.until')}</span>
          <input
            required
            type="date"
            className="plain-input"
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        </label>
        <label>
          <span>{t('campaign.script')}</span>
          <textarea
            className="plain-input"
            maxLength={1000}
            rows={2}
            value={script}
            onChange={(event) => setScript(event.target.value)}
          />
        </label>
        <button
          type="submit"
          className="step-button"
          data-main="true"
          disabled={place === ''}
          data-testid="begin-campaign"
        >
          {t('campaign.begin')}
        </button>
      </form>
    </details>
  );
}
