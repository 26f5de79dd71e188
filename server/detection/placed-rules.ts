import type {
  OrganisationRules,
  PlacedRule,
  Rule,
  RuleChange,
  RuleOrigin,
} from '@carebell/contracts/detection.ts';
import { packNames } from '@carebell/contracts/detection.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import { concerns, earlierOfPacks, everybody } from './packs.ts';

/** What an organisation or a resident has in place of the packs, and who they are. */
export type RulePlace = {
  scope: 'organisation' | 'resident';
  id: string;
  origin: RuleOrigin;
  rules: RuleChange[];
};

/**
 * The rules of a resident as `rulesFor` makes them, each with where it comes from and in whose place it stands; those that
 * are switched off too. An off rule that stands in nobody's place is left out.
 */
export function placedRules(
  riskGroups: Resident['riskGroups'],
  places: readonly Pick<RulePlace, 'origin' | 'rules'>[],
): PlacedRule[] {
  const placed = new Map<string, PlacedRule>();
  const put = (rule: Rule, origin: RuleOrigin): void => {
    placed.set(rule.id, { rule, isOff: false, origin, instead: null });
  };
  if (riskGroups.length > 0) for (const rule of everybody) put(rule, { of: 'everybody' });
  for (const { rule, pack } of earlierOfPacks(riskGroups)) put(rule, { of: 'pack', pack });
  for (const { origin, rules } of places) {
    for (const change of rules) {
      if (!concerns(change, riskGroups)) continue;
      const known = placed.get(change.id);
      const rule = 'isOff' in change ? known?.rule : change;
      if (rule === undefined) continue;
      // What is switched off and then changed further down stands in the place of what was switched off.
      const instead = known ? { rule: known.rule, origin: known.origin } : null;
      placed.set(change.id, { rule, isOff: 'isOff' in change, origin, instead });
    }
  }
  return [...placed.values()];
}

/** For who is of each one risk group, and of none: what a page of an organisation shows. */
export function placedByPack(
  places: readonly Pick<RulePlace, 'origin' | 'rules'>[],
): OrganisationRules['placed'] {
  return [
    ...packNames.map((pack) => ({ pack, rules: placedRules([pack], places) })),
    { pack: null, rules: placedRules([], places) },
  ];
}
