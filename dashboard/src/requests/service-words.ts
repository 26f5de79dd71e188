import type { ServiceText } from '@carebell/contracts/service-catalogue.ts';

/** In the language of the page, or in the other one where it is missing. */
export function serviceWords(text: ServiceText, language: string): string {
  const own = language === 'en' ? text.en : text['zh-CN'];
  return own === '' ? (language === 'en' ? text['zh-CN'] : text.en) : own;
}
