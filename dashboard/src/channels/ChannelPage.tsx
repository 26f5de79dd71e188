import type { ChannelPatch, ChannelView } from '@carebell/contracts/channels.ts';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useProblemText } from '../app/problem-text.ts';
import { useSession } from '../log-in/session.ts';
import { RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { ChannelForm } from './ChannelForm.tsx';
import { useChannel, useChannelCalls } from './channel-query.ts';
import { ChannelState } from './ChannelState.tsx';
import { TestMessage } from './TestMessage.tsx';
import '../app/lists.css';
import '../registry-forms/registry.css';
import './channels.css';

/** One channel: whether it works, a message to try it, its settings. */
export function ChannelPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useChannel(id);
  if (data === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  return <ChannelRecord key={id} channel={data} />;
}

function ChannelRecord({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { modal, message } = App.useApp();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const calls = useChannelCalls();
  const organisation = useReferenceName('organisations', channel.organisationId);
  const { id, kind, name, version, reportPath } = channel;

  function remove(): void {
    modal.confirm({
      title: t('channelPage.removeTitle', { name }),
      content: t('channelPage.removeText'),
      okText: t('form.remove'),
      cancelText: t('policy.cancel'),
      centered: true,
      okButtonProps: { danger: true },
      onOk: async () => {
        const answer = await calls.remove(id);
        if (answer.ok) void navigate('/channels', { replace: true });
        else void message.error(problemText(answer.problem), 6);
      },
    });
  }

  return (
    <main className="list-page record-page">
      <SectionTabs section="organisations" />
      <header>
        <h1>
          {name} <small>{t(`channel.${kind}`)}</small>
        </h1>
        <div className="record-facts">
          <span>{organisation}</span>
          <ChannelState channel={channel} />
        </div>
        {may('channel.write') && (
          <div className="list-tools">
            <Button danger onClick={remove}>
              {t('form.remove')}
            </Button>
          </div>
        )}
      </header>
      {reportPath !== null && (
        <p>
          {t('channelPage.reportPath')} <code>{reportPath}</code>
        </p>
      )}
      {may('channel.write') && <TestMessage channel={channel} />}
      <h2>{t('channelPage.settings')}</h2>
      <ChannelForm
        kind={kind}
        channel={channel}
        send={async (contents) => {
          const patch: ChannelPatch = { ...contents, version };
          const answer = await calls.change(id, patch);
          return answer.ok ? undefined : answer.problem;
        }}
      />
    </main>
  );
}
