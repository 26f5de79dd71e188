import type { AbsenceKind, AbsenceMark } from '@carebell/contracts/absence.ts';
import type { NotificationLocale } from '@carebell/contracts/notifications.ts';

const words: Record<NotificationLocale, { kinds: Record<AbsenceKind, string>; checkAllTheSame: string }> = {
  'zh-CN': {
    kinds: { away: '外出', 'in-hospital': '住院', 'on-holiday': '度假', 'carer-present': '有陪护在家' },
    checkAllTheSame: '仍请核实',
  },
  en: {
    kinds: {
      away: 'away',
      'in-hospital': 'in hospital',
      'on-holiday': 'on holiday',
      'carer-present': 'a carer is there',
    },
    checkAllTheSame: 'check all the same',
  },
};

/**
 * What whoever goes there must know of where the resident is said to be. It is entered by people and may be wrong, so it
 * never says that nobody needs to go.
 */
export function absenceText(
  { kind, from }: AbsenceMark,
  locale: NotificationLocale,
  timeZone: string,
): string {
  const { kinds, checkAllTheSame } = words[locale];
  const since = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone }).format(
    new Date(from),
  );
  return locale === 'en'
    ? `Entered: ${kinds[kind]} since ${since}; ${checkAllTheSame}`
    : `登记：${since}起${kinds[kind]}，${checkAllTheSame}`;
}
