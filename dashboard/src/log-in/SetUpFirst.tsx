import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { BellMark } from '../app/BellMark.tsx';
import { LanguageSwitch } from '../app/LanguageSwitch.tsx';
import { SecondFactor } from '../settings/SecondFactor.tsx';
import { useSession } from './session.ts';
import '../settings/settings.css';
import './log-in.css';

/** For who holds a role that logs in with a code, and has set none up: nothing else is open to them before. */
export function SetUpFirst({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { logOut } = useSession();
  return (
    <main className="log-in">
      <div className="log-in-form set-up-first" data-testid="set-up-first">
        <div className="log-in-brand">
          <BellMark size={44} />
          <span>{t('product.name')}</span>
        </div>
        <h1>{t('secondFactor.first')}</h1>
        <SecondFactor onSetUp={onDone} />
        <Button type="link" onClick={() => void logOut()}>
          {t('logIn.logOut')}
        </Button>
      </div>
      <LanguageSwitch />
    </main>
  );
}
