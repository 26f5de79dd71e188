import type { AlarmKind } from './alarm-kinds.ts';
import type { RuleKind } from './detection.ts';

/** What a rule raises, unless it says so itself. */
export const alarmOfRule = {
  inactivity: 'inactivity',
  'not-up': 'not-up',
  'too-much-activity': 'restless-night',
  'door-open': 'door-open',
  'door-at-night': 'door-at-night',
  'not-back': 'not-back',
  'bathroom-long': 'bathroom-long',
  'out-of-bed': 'out-of-bed',
  'button-not-tested': 'button-not-tested',
  'counter-without-use': 'no-water-use',
  'sensor-stuck': 'sensor-stuck',
} as const satisfies Record<RuleKind, AlarmKind>;
