import type { SecondFactorOffer } from '@carebell/contracts/second-factor.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodePicture } from '../labels/CodePicture.tsx';
import { ProofForm } from './ProofForm.tsx';
import type { SecondFactorAccess } from './second-factor-query.ts';

type Props = {
  access: Pick<SecondFactorAccess, 'begin' | 'confirm'>;
  onConfirmed: (recoveryCodes: readonly string[]) => void;
};

/** By the password to a secret, and by a code of it to the recovery codes. */
export function SecondFactorSetUp({ access, onConfirmed }: Props) {
  const { t } = useTranslation();
  const [offer, setOffer] = useState<SecondFactorOffer>();
  if (offer === undefined) {
    return (
      <ProofForm
        key="begin"
        asks={{ password: true, code: null }}
        submit={t('secondFactor.begin')}
        send={async ({ password }) => {
          const answer = await access.begin({ password });
          if (!answer.ok) return answer.problem;
          setOffer(answer.result);
          return undefined;
        }}
      />
    );
  }
  return (
    <>
      <p>{t('secondFactor.scan')}</p>
      <div className="second-factor-offer">
        <CodePicture text={offer.address} label={t('secondFactor.picture')} />
        <div>
          <span className="dim">{t('secondFactor.secret')}</span>
          <code data-testid="totp-secret">{inFours(offer.secret)}</code>
          <a href={offer.address}>{t('secondFactor.openApp')}</a>
        </div>
      </div>
      <ProofForm
        key="confirm"
        asks={{ password: false, code: t('secondFactor.code') }}
        submit={t('secondFactor.confirm')}
        send={async ({ code }) => {
          const answer = await access.confirm({ code });
          if (!answer.ok) return answer.problem;
          onConfirmed(answer.result.recoveryCodes);
          return undefined;
        }}
      >
        <Button onClick={() => setOffer(undefined)}>{t('secondFactor.cancel')}</Button>
      </ProofForm>
    </>
  );
}

function inFours(secret: string): string {
  return (secret.match(/.{1,4}/g) ?? []).join(' ');
}
