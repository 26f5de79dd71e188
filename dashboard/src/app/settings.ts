import { useSyncExternalStore } from 'react';
import type { Language } from '../i18n/language.ts';

/** What this browser remembers. Nothing of a person or an alarm is among it. */
export type Settings = {
  theme: 'auto' | 'night' | 'day';
  language: Language;
  /** 0.3–1: an alarm can be made quieter, not silent. */
  volume: number;
  doTechnicalAlarmsSound: boolean;
};

export const quietestVolume = 0.3;
const storageKey = 'carebell.settings';
const initial: Settings = { theme: 'auto', language: 'zh-CN', volume: 0.8, doTechnicalAlarmsSound: true };

function parseSettings(text: string | null): Settings {
  let raw: Partial<Record<keyof Settings, unknown>> = {};
  try {
    raw = Object(JSON.parse(text ?? '{}'));
  } catch {
    return initial;
  }
  return {
    theme: raw.theme === 'night' || raw.theme === 'day' ? raw.theme : initial.theme,
    language: raw.language === 'en' ? 'en' : initial.language,
    volume:
      typeof raw.volume === 'number' ? Math.min(1, Math.max(quietestVolume, raw.volume)) : initial.volume,
    doTechnicalAlarmsSound: raw.doTechnicalAlarmsSound !== false,
  };
}

export type SettingsStore = ReturnType<typeof createSettingsStore>;

export function createSettingsStore(storage: Pick<Storage, 'getItem' | 'setItem'>) {
  let current = parseSettings(storage.getItem(storageKey));
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    change: (change: Partial<Settings>) => {
      current = { ...current, ...change };
      storage.setItem(storageKey, JSON.stringify(current));
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

export function useSettings(store: SettingsStore): Settings {
  return useSyncExternalStore(store.subscribe, store.get);
}
