import i18next from 'i18next';
import { enRegistry } from './en-registry.ts';
import type { WithTexts } from './texts.ts';
import { zhCNRegistry } from './zh-CN-registry.ts';

export type RegistryTexts = WithTexts<typeof zhCNRegistry>;

/** Call it before the first page that uses them: the wall is there without them. */
export function addRegistryTexts(): void {
  i18next.addResourceBundle('zh-CN', 'translation', zhCNRegistry, true);
  i18next.addResourceBundle('en', 'translation', enRegistry, true);
}
