import type { UnknownDevice } from '@carebell/contracts/unknown-devices.ts';
import { unknownKeySchema, unknownPageSchema } from '@carebell/contracts/unknown-devices.ts';
import { App, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { ListenBand } from './ListenBand.tsx';
import { RefusedConnections } from './RefusedConnections.tsx';
import { UnknownCard } from './UnknownCard.tsx';
import { useUnknown, useUnknownRefresh } from './unknown-query.ts';
import '../app/lists.css';
import '../registry-forms/registry.css';
import './unknown-devices.css';

/** What gateways hear and nobody has entered, for who stands in the home with the device in hand. */
export function UnknownDevicesPage() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { may } = useSession();
  const { message } = App.useApp();
  const problemText = useProblemText();
  const [isAside, setIsAside] = useState(false);
  const [since, setSince] = useState<string | null>(null);
  const { data, error, refetch } = useUnknown({ dismissed: isAside ? 'true' : 'false' });
  const refresh = useUnknownRefresh();

  /** By the hub's clock, which is the one that what it hears is timed by. */
  async function listen(): Promise<void> {
    setIsAside(false);
    const answer = await api.call('GET', '/unknown-devices?limit=1', unknownPageSchema);
    if (answer.ok) setSince(answer.result.at);
    else void message.error(problemText(answer.problem));
  }

  async function put(what: 'dismissal' | 'restoration', { gatewayId, code }: UnknownDevice): Promise<void> {
    const key = { gatewayId, code };
    await resultOrThrow(api.call('POST', `/unknown-devices/${what}`, unknownKeySchema, key)).then(
      () => void message.success(t(what === 'dismissal' ? 'unknown.isAside' : 'unknown.isBack')),
      (refused: unknown) => void message.error(String(refused)),
    );
    await refresh();
  }

  return (
    <main className="list-page unknown-page">
      <SectionTabs section="devices" />
      <header>
        <h1>{t('unknown.title')}</h1>
      </header>
      {may('device.write') && (
        <ListenBand
          heard={data?.items ?? []}
          since={since}
          onListen={() => void listen()}
          onEnd={() => setSince(null)}
        />
      )}
      <Segmented
        value={isAside ? 'aside' : 'heard'}
        onChange={(value) => setIsAside(value === 'aside')}
        options={[
          { value: 'heard', label: t('unknown.waiting') },
          { value: 'aside', label: t('unknown.aside') },
        ]}
      />
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <PageLoading />}
      {data?.items.length === 0 && (
        <p className="list-empty">{t(isAside ? 'unknown.noneAside' : 'unknown.none')}</p>
      )}
      <div className="unknown-cards">
        {data?.items.map((unknown) => (
          <UnknownCard
            key={`${unknown.gatewayId} ${unknown.code}`}
            unknown={unknown}
            {...(unknown.dismissed === null
              ? { onDismiss: () => void put('dismissal', unknown) }
              : { onRestore: () => void put('restoration', unknown) })}
          />
        ))}
      </div>
      {may('refusal.read') && <RefusedConnections />}
    </main>
  );
}
