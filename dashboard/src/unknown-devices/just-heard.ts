import type { UnknownDevice } from '@carebell/contracts/unknown-devices.ts';

/**
 * What was heard since somebody said "now", the likeliest first: a code that nobody had ever heard before, then the
 * strongest, because who presses stands beside it, then the one that was heard least often, because a neighbour's sensor talks
 * all day.
 */
export function justHeard(heard: readonly UnknownDevice[], since: string): UnknownDevice[] {
  const sinceMs = Date.parse(since);
  const isNew = ({ firstAt }: UnknownDevice) => Date.parse(firstAt) >= sinceMs;
  const strength = ({ rssi }: UnknownDevice) => rssi ?? -1_000;
  return heard
    .filter(({ lastAt }) => Date.parse(lastAt) >= sinceMs)
    .toSorted(
      (a, b) =>
        Number(isNew(b)) - Number(isNew(a)) ||
        strength(b) - strength(a) ||
        a.times - b.times ||
        Date.parse(b.lastAt) - Date.parse(a.lastAt),
    );
}

const fair = -75;
const weak = -90;

/** A signal in dBm as a person reads it. */
export function signalWord(rssi: number): 'good' | 'fair' | 'weak' {
  if (rssi >= fair) return 'good';
  return rssi >= weak ? 'fair' : 'weak';
}
