import { organisationRulesSchema, residentRulesSchema } from '@carebell/contracts/detection.ts';
import type { OrganisationRules, ResidentRules, RuleChange } from '@carebell/contracts/detection.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answer } from '../api/hub-api.ts';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

/** Whose rules they are. */
export type RulesOf = { scope: 'organisation' | 'resident'; id: string };

export function rulesPath({ scope, id }: RulesOf): string {
  return `/${scope}s/${encodeURIComponent(id)}/rules`;
}

type Rules = OrganisationRules | ResidentRules;

/** The rules that hold for an organisation or a resident, and how to replace its own. */
export function useRules(of: RulesOf) {
  const { api } = useWorkplace();
  const queries = useQueryClient();
  const queryKey = ['rules', of.scope, of.id];
  const path = rulesPath(of);
  const ask = (method: 'GET' | 'PUT', body?: object): Promise<Answer<Rules>> =>
    of.scope === 'organisation'
      ? api.call(method, path, organisationRulesSchema, body)
      : api.call(method, path, residentRulesSchema, body);
  const query = useQuery<Rules>({ queryKey, queryFn: () => resultOrThrow(ask('GET')) });
  return {
    ...query,
    async put(rules: readonly RuleChange[], version: number) {
      const answer = await ask('PUT', { rules, version });
      if (answer.ok) queries.setQueryData(queryKey, answer.result);
      else if (answer.problem.code === 'changed-meanwhile') void queries.invalidateQueries({ queryKey });
      return answer;
    },
  };
}

/** The same list for each risk group; of a resident there is only one. */
export function listsOf(rules: Rules): OrganisationRules['placed'] {
  return 'residentId' in rules ? [{ pack: null, rules: rules.placed }] : rules.placed;
}
