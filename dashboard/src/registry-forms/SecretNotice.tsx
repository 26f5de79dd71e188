import { Button, Modal } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCopy } from '../app/use-copy.ts';

export type Secret = { id: string; secret: string; isPassword?: boolean };

/** A secret or password that is shown once. It closes only by the button that says it was written down. */
export function SecretNotice({ secret, onDone }: { secret: Secret; onDone: () => void }) {
  const { t } = useTranslation();
  const shown = useRef<HTMLElement>(null);
  const { copied, copy } = useCopy(secret.secret, shown);
  return (
    <Modal
      open
      centered
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      title={t(secret.isPassword === true ? 'userPage.passwordTitle' : 'secret.title')}
      footer={
        <Button type="primary" onClick={onDone}>
          {t('secret.done')}
        </Button>
      }
    >
      <p className="warning">
        {t(secret.isPassword === true ? 'secret.password' : 'secret.text', { id: secret.id })}
      </p>
      <p className="secret">
        <code ref={shown} data-testid="secret">
          {secret.secret}
        </code>
        <Button onClick={copy}>{t('secret.copy')}</Button>
      </p>
      <output className="dim">{copied !== undefined && t(`secret.${copied}`)}</output>
    </Modal>
  );
}
