import { servicesSchema } from '@carebell/contracts/service-catalogue.ts';
import type { Service, Services } from '@carebell/contracts/service-catalogue.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

/** The services that hold at an organisation, and how to replace its own. */
export function useServices(organisationId: string) {
  const { api } = useWorkplace();
  const queries = useQueryClient();
  const queryKey = ['services', organisationId];
  const path = `/organisations/${encodeURIComponent(organisationId)}/services`;
  const query = useQuery({
    queryKey,
    queryFn: () => resultOrThrow(api.call<Services>('GET', path, servicesSchema)),
  });
  return {
    ...query,
    async put(services: readonly Service[], version: number) {
      const answer = await api.call<Services>('PUT', path, servicesSchema, { services, version });
      if (answer.ok) queries.setQueryData(queryKey, answer.result);
      else if (answer.problem.code === 'changed-meanwhile') void queries.invalidateQueries({ queryKey });
      return answer;
    },
  };
}
