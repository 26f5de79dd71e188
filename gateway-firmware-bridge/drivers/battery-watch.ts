/** A house with more radio senders than this does not exist; the one not heard for longest is forgotten. */
const mostSenders = 2000;

/**
 * Sensors repeat the word "battery low" in every frame, often each minute for weeks. It is news when it changes, and
 * once after a start.
 */
export function createBatteryWatch(): (
  address: string,
  isLow: boolean,
) => 'battery.low' | 'battery.ok' | undefined {
  const wasLow = new Map<string, boolean>();
  return (address, isLow) => {
    const before = wasLow.get(address) ?? false;
    wasLow.delete(address);
    wasLow.set(address, isLow);
    const longestSilent = wasLow.size > mostSenders ? wasLow.keys().next().value : undefined;
    if (longestSilent !== undefined) wasLow.delete(longestSilent);
    if (before === isLow) return undefined;
    return isLow ? 'battery.low' : 'battery.ok';
  };
}
