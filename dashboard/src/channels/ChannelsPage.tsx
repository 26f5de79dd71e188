import type { ChannelView } from '@carebell/contracts/channels.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useSession } from '../log-in/session.ts';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { useChannels } from './channel-query.ts';
import { ChannelState } from './ChannelState.tsx';
import '../app/lists.css';
import '../registry-forms/registry.css';
import './channels.css';

/** By what people are told of alarms, and whether it works. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { data, error, refetch } = useChannels();
  return (
    <main className="list-page">
      <SectionTabs section="organisations" />
      <header>
        <h1>
          {t('section.channels')} {data !== undefined && <small>{data.items.length}</small>}
        </h1>
        {may('channel.write') && (
          <div className="list-tools">
            <Link className="action-link" to="/channels/new">
              + {t('channelPage.new')}
            </Link>
          </div>
        )}
      </header>
      <p className="dim">{t('channelPage.rule')}</p>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <PageLoading />}
      {data?.items.length === 0 && <p className="list-empty">{t('channelPage.empty')}</p>}
      {data !== undefined && data.items.length > 0 && (
        <ul className="record-lines">
          {data.items.map((channel) => (
            <li key={channel.id}>
              <ChannelLine channel={channel} />
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}

function ChannelLine({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation();
  const organisation = useReferenceName('organisations', channel.organisationId);
  return (
    <Link className="record-line" to={`/channels/${encodeURIComponent(channel.id)}`}>
      <span className="line-main">
        <strong>{channel.name}</strong>
        <span>{t(`channel.${channel.kind}`)}</span>
      </span>
      <span className="line-side">{organisation}</span>
      <span className="line-end">
        <ChannelState channel={channel} />
      </span>
    </Link>
  );
}
