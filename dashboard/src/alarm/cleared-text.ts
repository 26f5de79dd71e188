import type { TFunction } from 'i18next';

/** Events with which equipment says that what it reported is over; what a resident takes back has words of its own. */
const clearings = [
  'smoke-cleared',
  'gas-cleared',
  'water-cleared',
  'tamper-closed',
  'battery-ok',
  'mains-restored',
  'device-quiet',
  'channel-resumed',
  'channel-changed',
  'channel-deleted',
] as const;

export function clearedText(t: TFunction, eventKind: string): string | undefined {
  const clearing = clearings.find((name) => name === eventKind.replace('.', '-'));
  return clearing === undefined ? undefined : t('cleared.step', { what: t(`cleared.${clearing}`) });
}
