import i18next, { changeLanguage, use as extend } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Texts } from './texts.ts';

export const languages = { 'zh-CN': '中文', en: 'English' } as const;
export type Language = keyof typeof languages;

const textsOf: Record<Language, () => Promise<Texts>> = {
  'zh-CN': async () => (await import('./zh-CN.ts')).zhCN,
  en: async () => (await import('./en.ts')).en,
};

/** Starts the texts in the given language. The other one follows at once, so that a switch does not wait for the network. */
export async function startTexts(language: Language): Promise<void> {
  await extend(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    resources: { [language]: { translation: await textsOf[language]() } },
    partialBundledLanguages: true,
    interpolation: { escapeValue: false },
  });
  // One that does not come now is asked for again by whoever switches.
  void Promise.allSettled((Object.keys(languages) as Language[]).map(loadTexts));
}

/** Speaks another language from now on. If its texts cannot be had, `keep` is told which language goes on. */
export async function switchLanguage(language: Language, keep: (language: Language) => void): Promise<void> {
  try {
    await loadTexts(language);
  } catch {
    if (i18next.language !== language) keep(i18next.language as Language);
    return;
  }
  await changeLanguage(language);
}

async function loadTexts(language: Language): Promise<void> {
  if (i18next.getResource(language, 'translation', 'product') !== undefined) return;
  i18next.addResourceBundle(language, 'translation', await textsOf[language](), true);
}
