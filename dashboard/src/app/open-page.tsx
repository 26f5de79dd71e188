import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createAlarmSound } from '../alarm-sound/alarm-sound.ts';
import { createNotifier } from '../alarm-sound/notifier.ts';
import { createSpeech } from '../alarm-sound/speech.ts';
import { createHubApi } from '../api/hub-api.ts';
import { App } from './App.tsx';
import { createSettingsStore } from './settings.ts';
import { keepShell } from './keep-shell.ts';
import { createLook } from './theme.ts';
import { createTicker } from './ticker.ts';
import { WorkplaceContext } from './workplace.ts';
import { startTexts } from '../i18n/language.ts';
import './app.css';

/** Puts the page together in the order: what it remembers, its texts, then React. */
export async function openPage(): Promise<void> {
  const settings = createSettingsStore(localStorage);
  const now = () => Date.now();
  const workplace = {
    api: createHubApi({ fetch: (path, init) => fetch(path, init) }),
    sound: createAlarmSound({
      createContext: () => ('AudioContext' in window ? new AudioContext() : undefined),
      settings,
      now,
    }),
    speech: createSpeech('speechSynthesis' in window ? window.speechSynthesis : undefined),
    notifier: createNotifier('Notification' in window ? Notification : undefined),
    settings,
    look: createLook(settings, document.documentElement),
    ticker: createTicker(now),
    screenId: screenIdOfThisTab(sessionStorage),
    origin: location.origin,
  };

  keepShell();
  await startTexts(settings.get().language);
  const root = document.querySelector('#root');
  if (root !== null) {
    createRoot(root).render(
      <StrictMode>
        <WorkplaceContext value={workplace}>
          <App />
        </WorkplaceContext>
      </StrictMode>,
    );
  }
}

/** The same after a reload. `crypto.randomUUID` is missing on plain HTTP, where many stations run. */
function screenIdOfThisTab(storage: Storage): string {
  const key = 'carebell.screen';
  const known = storage.getItem(key);
  if (known !== null) return known;
  const bytes = [...crypto.getRandomValues(new Uint8Array(12))];
  const made = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  storage.setItem(key, made);
  return made;
}
