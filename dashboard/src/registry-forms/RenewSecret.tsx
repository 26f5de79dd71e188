import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../app/problem-text.ts';
import { useRegistryApi } from './registry-api.ts';
import { SecretNotice } from './SecretNotice.tsx';

type Props = { kind: 'devices' | 'gateways'; id: string; onRenewed: () => void };

/** Asks first, because the device is cut off until it knows the new one. */
export function RenewSecret({ kind, id, onRenewed }: Props) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const problemText = useProblemText();
  const registry = useRegistryApi();
  const [secret, setSecret] = useState<string>();
  const renew = async () => {
    const answer = await registry.renewSecret(kind, id);
    if (answer.ok) setSecret(answer.result.secret);
    else void message.error(problemText(answer.problem));
  };
  return (
    <>
      <Button
        onClick={() => {
          modal.confirm({
            title: t('secret.renewTitle', { id }),
            content: t('secret.renewText'),
            okText: t('secret.renew'),
            cancelText: t('secret.cancel'),
            okButtonProps: { danger: true },
            autoFocusButton: 'cancel',
            centered: true,
            onOk: renew,
          });
        }}
      >
        {t('secret.renew')}
      </Button>
      {secret !== undefined && (
        <SecretNotice
          secret={{ id, secret }}
          onDone={() => {
            setSecret(undefined);
            onRenewed();
          }}
        />
      )}
    </>
  );
}
