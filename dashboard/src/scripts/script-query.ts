import { scriptsSchema } from '@carebell/contracts/handling.ts';
import type { Script, Scripts } from '@carebell/contracts/handling.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

/** The scripts that hold at an organisation, and how to replace its own. */
export function useScripts(organisationId: string) {
  const { api } = useWorkplace();
  const queries = useQueryClient();
  const queryKey = ['scripts', organisationId];
  const path = `/organisations/${encodeURIComponent(organisationId)}/scripts`;
  const query = useQuery({
    queryKey,
    queryFn: () => resultOrThrow(api.call<Scripts>('GET', path, scriptsSchema)),
  });
  return {
    ...query,
    async put(scripts: readonly Script[], version: number) {
      const answer = await api.call<Scripts>('PUT', path, scriptsSchema, { scripts, version });
      if (answer.ok) queries.setQueryData(queryKey, answer.result);
      else if (answer.problem.code === 'changed-meanwhile') void queries.invalidateQueries({ queryKey });
      return answer;
    },
  };
}
