import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Speech } from '../alarm-sound/speech.ts';
import type { SettingsStore } from '../app/settings.ts';
import { useSettings } from '../app/settings.ts';
import { useLink } from '../device-link/use-link.ts';
import { languages } from '../i18n/language.ts';
import type { Language } from '../i18n/language.ts';
import { forgetAccount, keepAccount, outboxIn, readAccount } from './terminal-account.ts';
import type { TerminalAccount } from './terminal-account.ts';
import { TerminalFace } from './TerminalFace.tsx';
import { TerminalSetup } from './TerminalSetup.tsx';
import { useSeconds } from './use-seconds.ts';
import { useWakeLock } from './use-wake-lock.ts';
import './terminal.css';

type Props = { storage: Storage; speech: Speech; settings: SettingsStore };

/** A tablet on the wall or bedside table that is a resident's one-key terminal. Nobody is logged in here. */
export function TerminalPage({ storage, speech, settings }: Props) {
  const [account, setAccount] = useState(() => readAccount(storage));
  if (account === undefined) {
    return (
      <>
        <TerminalLanguage settings={settings} />
        <TerminalSetup
          onReady={(ready) => {
            keepAccount(storage, ready);
            // So that the browser does not clear it when it runs short of room; and the keys fill the screen.
            void navigator.storage?.persist?.();
            void document.documentElement.requestFullscreen?.().then(undefined, () => undefined);
            setAccount(ready);
          }}
        />
      </>
    );
  }
  const leave = () => {
    forgetAccount(storage);
    setAccount(undefined);
  };
  return <Running account={account} storage={storage} speech={speech} settings={settings} onLeave={leave} />;
}

function Running({
  account,
  storage,
  speech,
  settings,
  onLeave,
}: Props & { account: TerminalAccount; onLeave: () => void }) {
  const { t, i18n } = useTranslation();
  const [store] = useState(() => outboxIn(storage));
  const { link, view } = useLink(account, store);
  const now = useSeconds();
  useWakeLock();
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'long' });
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
  return (
    <main className="terminal-page">
      <header>
        <span>
          {weekday.format(now)} {time.format(now)}
        </span>
        <span className="terminal-link" data-link={view.link}>
          {t(`terminal.link.${view.link}`)}
        </span>
        <TerminalLanguage settings={settings} />
      </header>
      <TerminalFace link={link} view={view} speech={speech} phone={account.phone} />
      <footer>
        <details>
          <summary>{account.id}</summary>
          <p>{t('terminal.leaveAbout')}</p>
          <button type="button" onClick={onLeave}>
            {t('terminal.leave')}
          </button>
        </details>
      </footer>
    </main>
  );
}

function TerminalLanguage({ settings }: { settings: SettingsStore }) {
  const { language } = useSettings(settings);
  const other: Language = language === 'en' ? 'zh-CN' : 'en';
  return (
    <button
      type="button"
      className="terminal-language"
      lang={other}
      onClick={() => settings.change({ language: other })}
    >
      {languages[other]}
    </button>
  );
}
