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
  'device-heard',
  'gateway-heard',
  'receiver-hears',
  'screen-connected',
  'supervision-changed',
  'device-exchanged',
  'device-retired',
  'hub-well-again',
] as const;

/** What a person takes back on the device. */
const ofPeople: ReadonlySet<string> = new Set(['button.cancelled', 'fall.cleared']);

/** What became well again by itself; `undefined` where it was a person. */
export function clearedText(t: TFunction, eventKind: string): string | undefined {
  if (ofPeople.has(eventKind)) return undefined;
  const clearing = clearings.find((name) => name === eventKind.replace('.', '-'));
  return clearing === undefined ? t('cleared.mark') : t('cleared.step', { what: t(`cleared.${clearing}`) });
}
