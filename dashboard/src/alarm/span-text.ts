import type { TFunction } from 'i18next';

/** A span in the largest unit that says enough: `40 min`, `3 h`, `12 d`. */
export function spanText(t: TFunction, ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return t('evidence.seconds', { n: seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return t('evidence.minutes', { n: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48
    ? t('evidence.hours', { n: hours })
    : t('evidence.dayCount', { n: Math.round(hours / 24) });
}
