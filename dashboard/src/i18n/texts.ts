import type { zhCNDesk } from './zh-CN-desk.ts';
import type { zhCNRegistry } from './zh-CN-registry.ts';
import type { zhCNWords } from './zh-CN-words.ts';
import type { zhCN } from './zh-CN.ts';

export type WithTexts<T> = { readonly [K in keyof T]: T[K] extends string ? string : WithTexts<T[K]> };

/** What a language must say: every key of the Chinese texts. */
export type Texts = WithTexts<typeof zhCN>;
export type DeskTexts = WithTexts<typeof zhCNDesk>;
export type Words = WithTexts<typeof zhCNWords>;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Texts & WithTexts<typeof zhCNRegistry> };
  }
}
