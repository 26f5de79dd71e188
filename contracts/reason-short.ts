import type { Reason } from './reason.ts';
import { clockOf, dayOf, lengthOf } from './reason-times.ts';
import type { SentenceLanguage } from './reason-times.ts';

/** Why a rule raised an alarm in as few words as a row of the wall has room for; what it is stands beside it. */
export function reasonShort(reason: Reason, language: SentenceLanguage, timeZone: string): string {
  const { rule, since, noticedAt, by = '', count = 0 } = reason;
  const isEnglish = language === 'en';
  const isSameDay = dayOf(since, timeZone) === dayOf(noticedAt, timeZone);
  const from = (isSameDay ? '' : `${dayOf(since, timeZone)} `) + clockOf(since, timeZone);
  const passed = lengthOf((Date.parse(noticedAt) - Date.parse(since)) / 60_000, language);
  switch (rule) {
    case 'not-up':
      return isEnglish ? `${count} signs of life by ${by}` : `到 ${by} 只有 ${count} 次活动`;
    case 'too-much-activity':
      return isEnglish ? `${count} times since ${from}` : `${from} 起 ${count} 个时段`;
    case 'door-at-night':
      return isEnglish ? `opened at ${from}` : `${from} 开门`;
    case 'button-not-tested':
      return isEnglish ? `${count} days, since ${from}` : `已 ${count} 天（${from} 起）`;
    case 'inactivity':
    case 'door-open':
    case 'not-back':
    case 'bathroom-long':
    case 'out-of-bed':
    case 'counter-without-use':
    case 'sensor-stuck':
      return isEnglish ? `${passed}, since ${from}` : `已 ${passed}（${from} 起）`;
  }
}
