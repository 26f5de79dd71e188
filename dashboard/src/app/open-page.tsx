import { StrictMode } from 'react';
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { createAlarmSound } from '../alarm-sound/alarm-sound.ts';
import { createNotifier } from '../alarm-sound/notifier.ts';
import { createSpeech } from '../alarm-sound/speech.ts';
import { createHubApi } from '../api/hub-api.ts';
import { App } from './App.tsx';
import { makeQueries } from './queries.ts';
import { sessionQuery } from '../log-in/session-query.ts';
import { createSettingsStore } from './settings.ts';
import { keepShell } from './keep-shell.ts';
import { createLook } from './theme.ts';
import { createTicker } from './ticker.ts';
import { WorkplaceContext } from './workplace.ts';
import { startTexts } from '../i18n/language.ts';
import './app.css';

type Start = {
  /** Asks the hub; the first question for the session has been asked already. */
  ask: Parameters<typeof createHubApi>[0]['fetch'];
  /** The pages of the station, if somebody is logged in. */
  station: Promise<ComponentType | undefined>;
};

/** How long the first painting waits for what it would otherwise be painted again with. */
const paintedWithinMs = 1_500;

/** Puts the page together in the order: what it remembers, its texts, who sits here, then React. */
export async function openPage({ ask, station }: Start): Promise<void> {
  const settings = createSettingsStore(localStorage);
  const now = () => Date.now();
  const workplace = {
    api: createHubApi({ fetch: ask }),
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
  const queries = makeQueries();
  const [, Station] = await Promise.all([
    startTexts(settings.get().language),
    soon(station),
    soon(queries.prefetchQuery(sessionQuery(workplace.api, settings))),
  ]);
  const root = document.querySelector('#root');
  if (root !== null) {
    createRoot(root).render(
      <StrictMode>
        <WorkplaceContext value={workplace}>
          <App queries={queries} Station={Station} />
        </WorkplaceContext>
      </StrictMode>,
    );
  }
}

/** What has come in time; the page is opened without the rest. */
async function soon<T>(coming: Promise<T>): Promise<T | undefined> {
  return Promise.race([
    coming,
    new Promise<undefined>((resolve) => {
      setTimeout(resolve, paintedWithinMs);
    }),
  ]);
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
