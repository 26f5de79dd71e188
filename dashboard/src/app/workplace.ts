import { createContext, use } from 'react';
import type { AlarmSound } from '../alarm-sound/alarm-sound.ts';
import type { Notifier } from '../alarm-sound/notifier.ts';
import type { Speech } from '../alarm-sound/speech.ts';
import type { HubApi } from '../api/hub-api.ts';
import type { SettingsStore } from './settings.ts';
import type { Look } from './theme.ts';
import type { Ticker } from './ticker.ts';

/** What the page is made of besides React; put together once in `open-page.tsx`. */
export type Workplace = {
  api: HubApi;
  sound: AlarmSound;
  speech: Speech;
  notifier: Notifier;
  settings: SettingsStore;
  look: Look;
  ticker: Ticker;
  screenId: string;
  origin: string;
};

export const WorkplaceContext = createContext<Workplace | undefined>(undefined);

export function useWorkplace(): Workplace {
  const workplace = use(WorkplaceContext);
  if (workplace === undefined) throw new Error('WorkplaceContext is missing above this component');
  return workplace;
}
