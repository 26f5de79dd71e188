/** Event kinds of wire contract version 1. Any other kind from a known device is stored and shown to installers. */
export const eventKinds = [
  'button.pressed',
  'button.cancelled',
  'fall.suspected',
  'fall.detected',
  'fall.cleared',
  'door.opened',
  'door.closed',
  'motion.detected',
  'motion.cleared',
  'bed.entered',
  'bed.left',
  'smoke.detected',
  'smoke.cleared',
  'gas.detected',
  'gas.cleared',
  'water.detected',
  'water.cleared',
  'tamper.opened',
  'tamper.closed',
  'battery.low',
  'battery.ok',
  'mains.lost',
  'mains.restored',
  'test.pressed',
  'heartbeat',
] as const;
export type EventKind = (typeof eventKinds)[number];

const knownKinds: ReadonlySet<string> = new Set(eventKinds);

export function isEventKind(kind: string): kind is EventKind {
  return knownKinds.has(kind);
}

/** The keys of a one-key terminal (一键通): rescue, registration at a hospital, taxi, meal, advice. */
export const buttonKeys = ['help', 'registration', 'taxi', 'meal', 'advice'] as const;
export type ButtonKey = (typeof buttonKeys)[number];

export const presses = ['short', 'long', 'double'] as const;

/** What a device tells the resident (reassurance), in the order in which an alarm passes through them. */
export const reassuranceStates = ['received', 'answered', 'on-the-way', 'closed'] as const;
export type ReassuranceState = (typeof reassuranceStates)[number];

/** The largest payload in bytes that is taken as an event or reading. */
export const largestPayloadBytes = 16 * 1024;
