import { Button, Segmented, Switch } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SoundWishes } from '../alarm-sound/SoundWishes.tsx';
import { LanguageSwitch } from '../app/LanguageSwitch.tsx';
import { PageLoading } from '../app/PageLoading.tsx';
import { choices, useSettings } from '../app/settings.ts';
import type { Settings } from '../app/settings.ts';
import { useWorkplace } from '../app/workplace.ts';
import './settings.css';

const OwnAddresses = lazy(async () => {
  const [{ addRegistryTexts }, { OwnAddresses: loaded }] = await Promise.all([
    import('../i18n/registry-texts.ts'),
    import('./OwnAddresses.tsx'),
  ]);
  addRegistryTexts();
  return { default: loaded };
});

const OwnPassword = lazy(async () => {
  const [{ addRegistryTexts }, { OwnPassword: loaded }] = await Promise.all([
    import('../i18n/registry-texts.ts'),
    import('./OwnPassword.tsx'),
  ]);
  addRegistryTexts();
  return { default: loaded };
});

const SecondFactor = lazy(async () => {
  const [{ addRegistryTexts }, { SecondFactor: loaded }] = await Promise.all([
    import('../i18n/registry-texts.ts'),
    import('./SecondFactor.tsx'),
  ]);
  addRegistryTexts();
  return { default: loaded };
});

const pageNames = { '/': 'wall', '/wall-screen': 'wallScreen', '/hand-over': 'handOver' } as const;

/** A person's own wishes, kept in this browser. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { settings, sound } = useWorkplace();
  const wishes = useSettings(settings);
  return (
    <main className="settings-page">
      <h1>{t('prefs.title')}</h1>
      <p className="dim">{t('prefs.kept')}</p>
      <section>
        <h2>{t('prefs.look')}</h2>
        <Wish label={t('settings.theme')}>
          <Segmented<Settings['theme']>
            aria-label={t('settings.theme')}
            value={wishes.theme}
            options={choices.themes.map((value) => ({ value, label: t(`settings.${value}`) }))}
            onChange={(theme) => settings.change({ theme })}
          />
        </Wish>
        <Wish label={t('prefs.typeSize')}>
          <Segmented<Settings['typeSize']>
            aria-label={t('prefs.typeSize')}
            value={wishes.typeSize}
            options={choices.typeSizes.map((value) => ({ value, label: t(`prefs.${value}`) }))}
            onChange={(typeSize) => settings.change({ typeSize })}
          />
        </Wish>
        <Wish label={t('settings.language')}>
          <LanguageSwitch />
        </Wish>
        <Wish label={t('prefs.startPage')}>
          <Segmented<Settings['startPage']>
            aria-label={t('prefs.startPage')}
            value={wishes.startPage}
            options={choices.startPages.map((value) => ({ value, label: t(`nav.${pageNames[value]}`) }))}
            onChange={(startPage) => settings.change({ startPage })}
          />
        </Wish>
      </section>
      <section>
        <h2>{t('sound.title')}</h2>
        <SoundWishes />
        <SpeechWish />
        <NotificationWish />
        <Button onClick={() => sound.check(true)}>{t('audioCheck.title')}</Button>
      </section>
      <Suspense fallback={<PageLoading />}>
        <OwnAddresses />
        <OwnPassword />
        <SecondFactor />
      </Suspense>
    </main>
  );
}

function Wish({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="wish">
      <span>{label}</span>
      {children}
    </div>
  );
}

function SpeechWish() {
  const { t } = useTranslation();
  const { settings, speech } = useWorkplace();
  const { doesSpeak, language } = useSettings(settings);
  return (
    <div className="sound-panel-row">
      <span id="speech-wish">{t('speech.label')}</span>
      {speech.isAvailable ? (
        <>
          <Button onClick={() => speech.say(t('speech.sample'), language)}>▶ {t('speech.test')}</Button>
          <Switch
            aria-labelledby="speech-wish"
            checked={doesSpeak}
            onChange={(chosen) => settings.change({ doesSpeak: chosen })}
          />
        </>
      ) : (
        <span className="warning">{t('speech.unavailable')}</span>
      )}
    </div>
  );
}

function NotificationWish() {
  const { t } = useTranslation();
  const { settings, notifier } = useWorkplace();
  const { doesNotify } = useSettings(settings);
  const [state, setState] = useState(notifier.state);
  async function choose(chosen: boolean) {
    const after = chosen && state === 'unasked' ? await notifier.ask() : state;
    setState(after);
    settings.change({ doesNotify: chosen && after === 'granted' });
  }
  return (
    <>
      <div className="sound-panel-row">
        <span id="notify-wish">{t('notify.label')}</span>
        <Switch
          aria-labelledby="notify-wish"
          disabled={state === 'unavailable' || state === 'denied'}
          checked={doesNotify && state === 'granted'}
          onChange={(chosen) => void choose(chosen)}
        />
      </div>
      {state === 'denied' && <p className="warning">{t('notify.denied')}</p>}
      {state === 'unavailable' && <p className="warning">{t('notify.unavailable')}</p>}
      <p className="dim">{t('notify.privacy')}</p>
    </>
  );
}
