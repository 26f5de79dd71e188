import type { Session } from '@carebell/contracts/http-api.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import { LanguageSwitch } from '../app/LanguageSwitch.tsx';
import { PasswordStep } from './PasswordStep.tsx';
import { SecondStep } from './SecondStep.tsx';
import './log-in.css';

type Props = { isExpired: boolean; onLoggedIn: (session: Session) => void };

export function LogInPage({ isExpired, onLoggedIn }: Props) {
  const { t } = useTranslation();
  const [isCodeAsked, setCodeAsked] = useState(false);
  const [refusal, setRefusal] = useState<HubRefusal>();
  return (
    <main className="log-in">
      {isExpired && (
        <p className="log-in-expired" role="alert">
          {t('logIn.expired')}
        </p>
      )}
      {isCodeAsked ? (
        <SecondStep
          onLoggedIn={onLoggedIn}
          onBack={(reason) => {
            setRefusal(reason);
            setCodeAsked(false);
          }}
        />
      ) : (
        <PasswordStep refusal={refusal} onLoggedIn={onLoggedIn} onCodeAsked={() => setCodeAsked(true)} />
      )}
      <LanguageSwitch />
    </main>
  );
}
