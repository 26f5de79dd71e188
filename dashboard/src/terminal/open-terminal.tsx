import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createSpeech } from '../alarm-sound/speech.ts';
import { keepShell } from '../app/keep-shell.ts';
import { createSettingsStore } from '../app/settings.ts';
import { startTexts, switchLanguage } from '../i18n/language.ts';
import { addRegistryTexts } from '../i18n/registry-texts.ts';
import { TerminalPage } from './TerminalPage.tsx';
import '../app/app.css';

/** The page of a resident's tablet. It asks the hub for nothing by HTTP, so that it opens without one from the kept shell. */
export async function openTerminal(): Promise<void> {
  const settings = createSettingsStore(localStorage);
  document.documentElement.dataset['theme'] = matchMedia('(prefers-color-scheme: light)').matches
    ? 'day'
    : 'night';
  keepShell();
  const speak = () => {
    const { language } = settings.get();
    document.documentElement.lang = language;
    void switchLanguage(language, (spoken) => settings.change({ language: spoken }));
  };
  await startTexts(settings.get().language);
  addRegistryTexts();
  speak();
  settings.subscribe(speak);
  const speech = createSpeech('speechSynthesis' in window ? window.speechSynthesis : undefined);
  const root = document.querySelector('#root');
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <TerminalPage storage={localStorage} speech={speech} settings={settings} />
    </StrictMode>,
  );
}
