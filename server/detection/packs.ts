import type { PackName, Rule, RuleChange } from '@carebell/contracts/detection.ts';
import type { Resident } from '@carebell/contracts/registry.ts';

const night = { from: '22:00', to: '06:00' };
const day = { from: '07:00', to: '23:00' };

/** What holds for everybody of any risk group. */
export const everybody: readonly Rule[] = [
  { id: 'sensor-stuck', kind: 'sensor-stuck', afterMinutes: 360 },
  { id: 'door-open', kind: 'door-open', afterMinutes: 30 },
  // JGJ/T 484 asks for a weekly look at buttons by staff; residents are asked once a month.
  { id: 'button-not-tested', kind: 'button-not-tested', days: 31 },
];

/** The rules of each pack: 独居, 认知障碍, 失能, 高龄. */
export const packs: Readonly<Record<PackName, readonly Rule[]>> = {
  'living-alone': [
    // Lin'an asks after 4–5 h without passing an infrared sensor.
    { id: 'inactivity-day', kind: 'inactivity', ...day, afterMinutes: 210, inBedAfterMinutes: 300 },
    { id: 'not-up', kind: 'not-up', from: '04:30', by: '10:00', signs: 8, stillMinutes: 40 },
    { id: 'not-back', kind: 'not-back', afterMinutes: 480, by: '22:30' },
    { id: 'bathroom-long', kind: 'bathroom-long', afterMinutes: 90 },
    { id: 'out-of-bed', kind: 'out-of-bed', ...night, afterMinutes: 45, stillMinutes: 45 },
    // Jiangsu Road Street, Shanghai: less than 0.01 m³ within 12 h.
    {
      id: 'no-water-use',
      kind: 'counter-without-use',
      reading: 'waterM3',
      least: 0.01,
      afterMinutes: 720,
    },
  ],
  dementia: [
    { id: 'door-at-night', kind: 'door-at-night', ...night, afterMinutes: 0, raises: 'wandering' },
    { id: 'not-back', kind: 'not-back', afterMinutes: 180, by: '21:30' },
    { id: 'restless-night', kind: 'too-much-activity', from: '23:00', to: '05:00', slots: 17 },
    { id: 'inactivity-day', kind: 'inactivity', ...day, afterMinutes: 210, inBedAfterMinutes: 300 },
    { id: 'not-up', kind: 'not-up', from: '04:30', by: '10:00', signs: 8, stillMinutes: 40 },
    { id: 'bathroom-long', kind: 'bathroom-long', afterMinutes: 75 },
    { id: 'out-of-bed', kind: 'out-of-bed', ...night, afterMinutes: 40, stillMinutes: 40 },
  ],
  disabled: [
    { id: 'out-of-bed', kind: 'out-of-bed', ...night, afterMinutes: 20, stillMinutes: 20 },
    { id: 'inactivity-day', kind: 'inactivity', ...day, afterMinutes: 210, inBedAfterMinutes: 360 },
    { id: 'bathroom-long', kind: 'bathroom-long', afterMinutes: 75 },
    { id: 'not-up', kind: 'not-up', from: '04:30', by: '10:00', signs: 8, stillMinutes: 40 },
  ],
  'advanced-age': [
    { id: 'inactivity-day', kind: 'inactivity', ...day, afterMinutes: 210, inBedAfterMinutes: 300 },
    { id: 'not-up', kind: 'not-up', from: '04:30', by: '10:00', signs: 8, stillMinutes: 40 },
    { id: 'bathroom-long', kind: 'bathroom-long', afterMinutes: 90 },
    { id: 'out-of-bed', kind: 'out-of-bed', ...night, afterMinutes: 45, stillMinutes: 45 },
    { id: 'not-back', kind: 'not-back', afterMinutes: 480, by: '22:30' },
  ],
};

/**
 * The rules of a resident: the packs of their risk groups, of two packs the earlier rule; then what organisations from the
 * top down, and the resident, have of their own in its place. Without a risk group only what was entered holds.
 */
export function rulesFor(
  riskGroups: Resident['riskGroups'],
  changes: readonly (readonly RuleChange[])[],
): Rule[] {
  const rules = new Map<string, Rule>();
  if (riskGroups.length > 0) for (const rule of everybody) rules.set(rule.id, rule);
  for (const { rule } of earlierOfPacks(riskGroups)) rules.set(rule.id, rule);
  for (const change of changes.flat()) {
    if (!concerns(change, riskGroups)) continue;
    if ('isOff' in change) rules.delete(change.id);
    else rules.set(change.id, change);
  }
  return [...rules.values()];
}

/** Of several packs the earlier rule, and the pack that it is of. */
export function earlierOfPacks(riskGroups: Resident['riskGroups']): { rule: Rule; pack: PackName }[] {
  const rules = new Map<string, { rule: Rule; pack: PackName }>();
  for (const pack of riskGroups) {
    for (const rule of packs[pack]) {
      const known = rules.get(rule.id);
      if (!known || earliness(rule) < earliness(known.rule)) rules.set(rule.id, { rule, pack });
    }
  }
  return [...rules.values()];
}

/** Whether a change is for somebody of these risk groups; one that names none is for everybody. */
export function concerns({ groups }: RuleChange, riskGroups: Resident['riskGroups']): boolean {
  return groups === undefined || groups.some((group) => riskGroups.includes(group));
}

/** Of two rules the one with the smaller number speaks earlier. */
function earliness(rule: Rule): number {
  switch (rule.kind) {
    case 'not-up':
      return Number(rule.by.replace(':', ''));
    case 'too-much-activity':
      return rule.slots;
    case 'button-not-tested':
      return rule.days;
    case 'inactivity':
    case 'door-open':
    case 'door-at-night':
    case 'not-back':
    case 'bathroom-long':
    case 'out-of-bed':
    case 'counter-without-use':
    case 'sensor-stuck':
      return rule.afterMinutes;
  }
}
