import { organisationRulesSchema, residentRulesSchema } from '@carebell/contracts/detection.ts';
import type { OrganisationRules, ResidentRules, RuleChange } from '@carebell/contracts/detection.ts';
import { useSettings } from '../registry-forms/settings-query.ts';

/** Whose rules they are. */
export type RulesOf = { scope: 'organisation' | 'resident'; id: string };

export function rulesPath({ scope, id }: RulesOf): string {
  return `/${scope}s/${encodeURIComponent(id)}/rules`;
}

type Rules = OrganisationRules | ResidentRules;

/** The rules that hold for an organisation or a resident, and how to replace its own. */
export function useRules(of: RulesOf) {
  const schema: typeof organisationRulesSchema | typeof residentRulesSchema =
    of.scope === 'organisation' ? organisationRulesSchema : residentRulesSchema;
  return useSettings<Rules, { rules: readonly RuleChange[]; version: number }>(
    ['rules', of.scope, of.id],
    rulesPath(of),
    schema,
  );
}

/** The same list for each risk group; of a resident there is only one. */
export function listsOf(rules: Rules): OrganisationRules['placed'] {
  return 'residentId' in rules ? [{ pack: null, rules: rules.placed }] : rules.placed;
}
