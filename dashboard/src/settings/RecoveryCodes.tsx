import { Button, Modal } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCopy } from '../app/use-copy.ts';

/** They are nowhere else. It closes only by the button that says they were kept. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTranslation();
  const shown = useRef<HTMLUListElement>(null);
  const { copied, copy } = useCopy(codes.join('\n'), shown);
  return (
    <Modal
      open
      centered
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      title={t('secondFactor.codesTitle')}
      footer={
        <Button type="primary" data-testid="recovery-kept" onClick={onKept}>
          {t('secondFactor.kept')}
        </Button>
      }
    >
      <p className="warning">{t('secondFactor.codesText')}</p>
      <ul className="recovery-codes" ref={shown} data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Button onClick={copy}>{t('secondFactor.copy')}</Button>{' '}
      <output className="dim">{copied !== undefined && t(`secondFactor.${copied}`)}</output>
    </Modal>
  );
}
