import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';

/** What the rules of the packs are called; the identifiers of others say their kind. */
export const ruleOfId = {
  'sensor-stuck': 'sensor-stuck',
  'door-open': 'door-open',
  'button-not-tested': 'button-not-tested',
  'inactivity-day': 'inactivity',
  'not-up': 'not-up',
  'not-back': 'not-back',
  'bathroom-long': 'bathroom-long',
  'out-of-bed': 'out-of-bed',
  'no-water-use': 'no-water-use',
  'door-at-night': 'door-at-night',
  'restless-night': 'restless-night',
} as const satisfies Record<string, AlarmKind>;
