import { channelSchema } from '@carebell/contracts/channels.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import type { Provider } from '@carebell/contracts/service-catalogue.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { freshKey } from './service-draft.ts';

type Props = {
  providers: readonly Provider[];
  organisationId: string;
  isDisabled: boolean;
  onChange: (providers: Provider[]) => void;
};
type AddressKind = Provider['addresses'][number]['kind'];

const channelPage = pageOf(channelSchema);

/** Who provides it: a telephone number, and where their messages go, tried in this order. */
export function ProviderFields({ providers, isDisabled, onChange }: Props) {
  const { t } = useTranslation();
  const webhooks = useWebhooks();
  const replace = (at: number, provider: Provider) => onChange(providers.with(at, provider));
  return (
    <fieldset disabled={isDisabled}>
      <legend>{t('service.providers')}</legend>
      {providers.map((provider, at) => (
        <div key={provider.id} className="service-row" data-testid={`provider-${provider.id}`}>
          <Input
            aria-label={t('service.providerName')}
            placeholder={t('service.providerName')}
            value={provider.name}
            onChange={(event) => replace(at, { ...provider, name: event.target.value })}
          />
          <Input
            aria-label={t('service.providerPhone')}
            placeholder={t('service.providerPhone')}
            value={provider.phone}
            onChange={(event) => replace(at, { ...provider, phone: event.target.value })}
          />
          <Input
            aria-label={t('service.sms')}
            placeholder={t('service.sms')}
            value={addressOf(provider, 'sms')}
            onChange={(event) => replace(at, withAddress(provider, 'sms', event.target.value))}
          />
          <Input
            aria-label={t('service.email')}
            placeholder={t('service.email')}
            value={addressOf(provider, 'e-mail')}
            onChange={(event) => replace(at, withAddress(provider, 'e-mail', event.target.value))}
          />
          <select
            className="plain-input"
            aria-label={t('service.webhook')}
            value={provider.addresses.find(({ kind }) => kind === 'webhook')?.channelId ?? ''}
            onChange={(event) => replace(at, withWebhook(provider, event.target.value))}
          >
            <option value="">
              {t('service.webhook')}: {t('service.noWebhook')}
            </option>
            {webhooks.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <Button danger onClick={() => onChange(providers.toSpliced(at, 1))}>
            {t('service.remove')}
          </Button>
        </div>
      ))}
      <Button
        data-testid="add-provider"
        onClick={() =>
          onChange([
            ...providers,
            {
              id: freshKey(
                'provider',
                providers.map(({ id }) => id),
              ),
              name: '',
              phone: '',
              addresses: [],
            },
          ])
        }
      >
        + {t('service.addProvider')}
      </Button>
    </fieldset>
  );
}

/** Channels that speak to a program; who may not see them keeps what is entered. */
function useWebhooks(): { id: string; name: string }[] {
  const { api } = useWorkplace();
  const { may } = useSession();
  const { data } = useQuery({
    queryKey: ['service-webhooks'],
    enabled: may('channel.read'),
    queryFn: () => resultOrThrow(api.call('GET', '/channels?limit=500', channelPage)),
  });
  return data?.items.filter(({ kind }) => kind === 'webhook') ?? [];
}

function addressOf({ addresses }: Provider, wanted: AddressKind): string {
  return addresses.find(({ kind }) => kind === wanted)?.address ?? '';
}

function withAddress(provider: Provider, wanted: AddressKind, address: string): Provider {
  const others = provider.addresses.filter(({ kind }) => kind !== wanted);
  return { ...provider, addresses: address.trim() === '' ? others : [...others, { kind: wanted, address }] };
}

function withWebhook(provider: Provider, channelId: string): Provider {
  const others = provider.addresses.filter(({ kind }) => kind !== 'webhook');
  return {
    ...provider,
    addresses: channelId === '' ? others : [{ kind: 'webhook', address: '', channelId }, ...others],
  };
}
