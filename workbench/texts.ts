import { textsEn } from './texts-en.ts';
import { textsZh } from './texts-zh.ts';
import type { Texts } from './texts-zh.ts';

export type { Texts } from './texts-zh.ts';
export type Language = Texts['language'];

/** `--lang` decides, then the environment; installers of this hub read Chinese, so an unset locale is Chinese. */
export function chooseLanguage(argv: readonly string[], env: NodeJS.ProcessEnv): Language {
  const flag = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const asked = flag < 0 ? undefined : (argv[flag]?.split('=')[1] ?? argv[flag + 1]);
  const locale = asked ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return locale.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

export function textsIn(language: Language): Texts {
  return language === 'en' ? textsEn : textsZh;
}
