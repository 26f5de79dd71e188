import type { UserAddresses } from '@carebell/contracts/user-addresses.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../app/problem-text.ts';
import { usePushKey } from './addresses-query.ts';
import type { AddressAccess } from './addresses-query.ts';
import {
  browserFacts,
  isOf,
  pushStateOf,
  subscribeBrowser,
  unsubscribeBrowser,
  withoutSubscription,
  withSubscription,
} from './push-subscription.ts';
import { TestAddress } from './TestAddress.tsx';

type Props = { own: UserAddresses; access: AddressAccess };

/** Lets the hub tell this browser of alarms while no page of it is open. */
export function BrowserPush({ own, access }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const { data: facts } = useQuery({ queryKey: ['browser-facts'], queryFn: browserFacts, staleTime: 0 });
  const { data: hub } = usePushKey();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  if (facts === undefined || hub === undefined) return null;
  const { key } = hub;
  const state = pushStateOf(facts, key, own.addresses);
  const address = own.addresses.find((one) => isOf(one, facts.endpoint));

  async function work(action: () => Promise<string | undefined>): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      setProblem(await action());
    } catch (error) {
      setProblem(t('push.failed', { reason: error instanceof Error ? error.message : String(error) }));
    }
    await queries.invalidateQueries({ queryKey: ['browser-facts'] });
    setBusy(false);
  }
  async function allow(): Promise<string | undefined> {
    if (key === null) return undefined;
    const made = await subscribeBrowser(key.publicKey);
    if (made === undefined) return undefined;
    const kept = withoutSubscription(own.addresses, facts?.endpoint);
    const addresses = withSubscription(kept, { ...made, channelId: key.channelId });
    const refused = await access.change({ addresses });
    return refused && problemText(refused);
  }
  async function end(): Promise<string | undefined> {
    const refused = await access.change({ addresses: withoutSubscription(own.addresses, facts?.endpoint) });
    if (refused !== undefined) return problemText(refused);
    await unsubscribeBrowser();
    return undefined;
  }

  const mayBegin = state === 'off' || state === 'other-key';
  return (
    <div className="browser-push" data-testid="browser-push" data-state={state}>
      <h3>{t('push.title')}</h3>
      <p className={state === 'on' ? '' : 'dim'}>
        {state === 'on' ? '✓ ' : ''}
        {t(`push.${state}`)}
      </p>
      <div className="own-address-foot">
        {mayBegin && (
          <Button type="primary" loading={isBusy} data-testid="push-allow" onClick={() => void work(allow)}>
            {t('push.allow')}
          </Button>
        )}
        {address !== undefined && state === 'on' && <TestAddress address={address} access={access} />}
        {address !== undefined && (
          <Button loading={isBusy} data-testid="push-end" onClick={() => void work(end)}>
            {t('push.end')}
          </Button>
        )}
      </div>
      {problem !== undefined && (
        <p className="warning" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
