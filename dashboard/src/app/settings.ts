import { useSyncExternalStore } from 'react';
import type { Language } from '../i18n/language.ts';

const themes = ['auto', 'night', 'day', 'high-contrast'] as const;
const typeSizes = ['normal', 'large', 'largest'] as const;
const startPages = ['/', '/wall-screen', '/hand-over'] as const;
const voices = ['bright', 'low'] as const;

/** What this browser remembers of a person's wishes. Nothing of a resident or an alarm is among it. */
export type Settings = {
  theme: (typeof themes)[number];
  typeSize: (typeof typeSizes)[number];
  language: Language;
  startPage: (typeof startPages)[number];
  /** 0.3–1: an alarm can be made quieter, not silent. */
  volume: number;
  /** The same rhythms, high, or an octave lower for ears that have lost the treble. */
  voice: (typeof voices)[number];
  doTechnicalAlarmsSound: boolean;
  doesSpeak: boolean;
  doesNotify: boolean;
  /** The browser's name of the loudspeaker; empty for the usual one. */
  outputId: string;
  /** When this person last confirmed to have heard this screen, in milliseconds. */
  heardAt: number;
};

export const choices = { themes, typeSizes, startPages, voices };
export const quietestVolume = 0.3;
const screenKey = 'carebell.settings';
const initial: Settings = {
  theme: 'auto',
  typeSize: 'normal',
  language: 'zh-CN',
  startPage: '/',
  volume: 0.8,
  voice: 'bright',
  doTechnicalAlarmsSound: true,
  doesSpeak: false,
  doesNotify: false,
  outputId: '',
  heardAt: 0,
};

function parseSettings(text: string | null): Settings {
  let raw: Partial<Record<keyof Settings, unknown>> = {};
  try {
    raw = Object(JSON.parse(text ?? '{}'));
  } catch {
    return initial;
  }
  return {
    theme: oneOf(themes, raw.theme),
    typeSize: oneOf(typeSizes, raw.typeSize),
    language: raw.language === 'en' ? 'en' : initial.language,
    startPage: oneOf(startPages, raw.startPage),
    volume:
      typeof raw.volume === 'number' ? Math.min(1, Math.max(quietestVolume, raw.volume)) : initial.volume,
    voice: oneOf(voices, raw.voice),
    doTechnicalAlarmsSound: raw.doTechnicalAlarmsSound !== false,
    doesSpeak: raw.doesSpeak === true,
    doesNotify: raw.doesNotify === true,
    outputId: typeof raw.outputId === 'string' ? raw.outputId : '',
    heardAt: typeof raw.heardAt === 'number' ? raw.heardAt : 0,
  };
}

/** The value if it is one of the choices, or else the first of them. */
function oneOf<const T extends readonly [string, ...string[]]>(known: T, value: unknown): T[number] {
  return known.find((choice) => choice === value) ?? known[0];
}

export type SettingsStore = ReturnType<typeof createSettingsStore>;

/** Keeps the settings of each person; before anyone has logged in, those last used on this screen. */
export function createSettingsStore(storage: Pick<Storage, 'getItem' | 'setItem'>) {
  let current = parseSettings(storage.getItem(screenKey));
  let personKey: string | undefined;
  const listeners = new Set<() => void>();

  function take(next: Settings) {
    current = next;
    for (const key of personKey === undefined ? [screenKey] : [screenKey, personKey]) {
      storage.setItem(key, JSON.stringify(next));
    }
    for (const listener of listeners) listener();
  }

  return {
    get: () => current,
    change: (change: Partial<Settings>) => take({ ...current, ...change }),
    /** From now on the settings of this person; one who is new here begins with those of the screen, not yet heard. */
    openFor: (userId: string) => {
      const key = `${screenKey}.${userId}`;
      if (key === personKey) return;
      personKey = key;
      const own = storage.getItem(key);
      take(own === null ? { ...current, heardAt: 0 } : parseSettings(own));
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
