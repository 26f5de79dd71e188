/** Priorities in the order in which operators must see them. A lower one never delays a higher one. */
export const priorities = ['emergency', 'urgent', 'service', 'technical'] as const;
export type Priority = (typeof priorities)[number];

/**
 * Every kind of alarm, its priority, and the group within which a further event joins the open alarm of the same
 * resident instead of raising another (a confirmed fall joins the suspected one and lifts it).
 */
export const alarmKinds = {
  help: { priority: 'emergency', group: 'help' },
  fall: { priority: 'emergency', group: 'fall' },
  'fall-suspected': { priority: 'urgent', group: 'fall' },
  smoke: { priority: 'emergency', group: 'smoke' },
  gas: { priority: 'emergency', group: 'gas' },
  water: { priority: 'urgent', group: 'water' },
  wandering: { priority: 'emergency', group: 'door-at-night' },
  'door-at-night': { priority: 'urgent', group: 'door-at-night' },
  inactivity: { priority: 'urgent', group: 'inactivity' },
  'not-up': { priority: 'urgent', group: 'inactivity' },
  'no-water-use': { priority: 'urgent', group: 'inactivity' },
  'bathroom-long': { priority: 'urgent', group: 'bathroom-long' },
  'out-of-bed': { priority: 'urgent', group: 'out-of-bed' },
  'not-back': { priority: 'urgent', group: 'not-back' },
  'restless-night': { priority: 'urgent', group: 'restless-night' },
  'door-open': { priority: 'urgent', group: 'door-open' },
  registration: { priority: 'service', group: 'registration' },
  taxi: { priority: 'service', group: 'taxi' },
  meal: { priority: 'service', group: 'meal' },
  advice: { priority: 'service', group: 'advice' },
  tamper: { priority: 'technical', group: 'tamper' },
  'battery-low': { priority: 'technical', group: 'battery-low' },
  'mains-lost': { priority: 'technical', group: 'mains-lost' },
  'button-not-tested': { priority: 'technical', group: 'button-not-tested' },
  'sensor-stuck': { priority: 'technical', group: 'sensor-stuck' },
  'device-keeps-firing': { priority: 'technical', group: 'device-keeps-firing' },
  'device-silent': { priority: 'technical', group: 'device-silent' },
  'gateway-silent': { priority: 'technical', group: 'gateway-silent' },
  'receiver-deaf': { priority: 'technical', group: 'receiver-deaf' },
  'station-unwatched': { priority: 'technical', group: 'station-unwatched' },
  'chain-broken': { priority: 'technical', group: 'chain-broken' },
  'store-failing': { priority: 'technical', group: 'store-failing' },
  'store-damaged': { priority: 'technical', group: 'store-damaged' },
  'history-failing': { priority: 'technical', group: 'history-failing' },
  'clock-set': { priority: 'technical', group: 'clock-set' },
  'detection-behind': { priority: 'technical', group: 'detection-behind' },
  'channel-suspended': { priority: 'technical', group: 'channel-suspended' },
} as const satisfies Record<string, { priority: Priority; group: string }>;

export type AlarmKind = keyof typeof alarmKinds;
export const alarmKindNames = Object.keys(alarmKinds) as [AlarmKind, ...AlarmKind[]];

/** −1, 0 or 1: how `a` stands to `b` on a wall: by priority, then the one that waits longest first. */
export function compareUrgency(
  a: { priority: Priority; pressedAt: string },
  b: { priority: Priority; pressedAt: string },
): number {
  const byPriority = priorities.indexOf(a.priority) - priorities.indexOf(b.priority);
  if (byPriority !== 0) return Math.sign(byPriority);
  return Math.sign(Date.parse(a.pressedAt) - Date.parse(b.pressedAt));
}
