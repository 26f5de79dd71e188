import { channelKinds } from '@carebell/contracts/notifications.ts';
import type { ChannelKind } from '@carebell/contracts/notifications.ts';
import { Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { ReferenceInput } from '../registry-forms/ReferenceInput.tsx';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { ChannelForm } from './ChannelForm.tsx';
import { useChannelCalls } from './channel-query.ts';
import '../app/lists.css';
import '../registry-forms/registry.css';
import './channels.css';

export function NewChannelPage() {
  const { t } = useTranslation();
  const { session } = useSession();
  const navigate = useNavigate();
  const calls = useChannelCalls();
  const id = useId();
  const [kind, setKind] = useState<ChannelKind>('sms');
  const [organisationId, setOrganisationId] = useState(session.user.organisationId);
  return (
    <main className="list-page record-page">
      <SectionTabs section="organisations" />
      <header>
        <h1>{t('channelPage.new')}</h1>
      </header>
      <div className="record-form channel-choice">
        <div className="field">
          <label htmlFor={`${id}-kind`}>{t('channelPage.kind')}</label>
          <Select<ChannelKind>
            id={`${id}-kind`}
            value={kind}
            options={channelKinds.map((value) => ({ value, label: t(`channel.${value}`) }))}
            onChange={setKind}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-organisation`}>{t('field.organisationId')}</label>
          <ReferenceInput
            id={`${id}-organisation`}
            of="organisations"
            value={organisationId}
            isClearable={false}
            disabled={false}
            onChange={(chosen) => setOrganisationId(chosen ?? session.user.organisationId)}
          />
        </div>
      </div>
      <ChannelForm
        key={kind}
        kind={kind}
        channel={undefined}
        send={async (contents) => {
          const answer = await calls.enter({ ...contents, organisationId, kind });
          if (!answer.ok) return answer.problem;
          void navigate(`/channels/${encodeURIComponent(answer.result.id)}`, { replace: true });
          return undefined;
        }}
      />
    </main>
  );
}
