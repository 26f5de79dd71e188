import type { Rule, RuleKind } from '@carebell/contracts/detection.ts';

/** How a number or time of a rule is entered; `none` names what leaving it out means. */
export type RuleField =
  | { name: string; is: 'time'; none?: true }
  | { name: string; is: 'minutes'; none?: true }
  | { name: string; is: 'number'; isWhole: boolean }
  | { name: string; is: 'text' }
  | { name: string; is: 'choice'; of: readonly string[] };

const part: readonly RuleField[] = [
  { name: 'from', is: 'time' },
  { name: 'to', is: 'time' },
];
const after: RuleField = { name: 'afterMinutes', is: 'minutes' };
const still: RuleField = { name: 'stillMinutes', is: 'minutes' };

/** What can be changed of a rule of each kind, in the order in which its words say it. */
export const fieldsOf: Record<RuleKind, readonly RuleField[]> = {
  inactivity: [...part, after, { name: 'inBedAfterMinutes', is: 'minutes', none: true }],
  'not-up': [
    { name: 'from', is: 'time' },
    { name: 'by', is: 'time' },
    { name: 'signs', is: 'number', isWhole: true },
    still,
  ],
  'too-much-activity': [...part, { name: 'slots', is: 'number', isWhole: true }],
  'door-open': [after],
  'door-at-night': [...part, after, { name: 'raises', is: 'choice', of: ['door-at-night', 'wandering'] }],
  'not-back': [after, { name: 'by', is: 'time', none: true }],
  'bathroom-long': [after],
  'out-of-bed': [...part, after, still],
  'button-not-tested': [{ name: 'days', is: 'number', isWhole: true }],
  'counter-without-use': [
    { name: 'reading', is: 'text' },
    { name: 'least', is: 'number', isWhole: false },
    after,
  ],
  'sensor-stuck': [after],
};

/** Where a new rule of each kind begins. */
export const firstOf = {
  inactivity: { from: '07:00', to: '23:00', afterMinutes: 210, inBedAfterMinutes: 300 },
  'not-up': { from: '04:30', by: '10:00', signs: 8, stillMinutes: 40 },
  'too-much-activity': { from: '23:00', to: '05:00', slots: 17 },
  'door-open': { afterMinutes: 30 },
  'door-at-night': { from: '22:00', to: '06:00', afterMinutes: 0, raises: 'door-at-night' },
  'not-back': { afterMinutes: 480, by: '22:30' },
  'bathroom-long': { afterMinutes: 90 },
  'out-of-bed': { from: '22:00', to: '06:00', afterMinutes: 45, stillMinutes: 45 },
  'button-not-tested': { days: 31 },
  'counter-without-use': { reading: 'waterM3', least: 0.01, afterMinutes: 720 },
  'sensor-stuck': { afterMinutes: 360 },
} as const satisfies { [K in RuleKind]: Omit<Extract<Rule, { kind: K }>, 'id' | 'kind'> };
