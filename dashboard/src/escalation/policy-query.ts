import { escalationPoliciesSchema } from '@carebell/contracts/escalation.ts';
import type { EscalationPolicies, EscalationPolicy } from '@carebell/contracts/escalation.ts';
import { previewSchema } from '@carebell/contracts/escalation-preview.ts';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

/** The time line follows when nobody has changed anything for this long. */
const typingPauseMs = 150;

const pathOf = (organisationId: string) =>
  `/organisations/${encodeURIComponent(organisationId)}/escalation-policies`;

/** The policies that hold at an organisation, and how to replace its own. */
export function usePolicies(organisationId: string) {
  const { api } = useWorkplace();
  const queries = useQueryClient();
  const queryKey = ['escalation-policies', organisationId];
  const query = useQuery({
    queryKey,
    queryFn: () =>
      resultOrThrow(api.call<EscalationPolicies>('GET', pathOf(organisationId), escalationPoliciesSchema)),
  });
  return {
    ...query,
    async put(policies: readonly EscalationPolicy[], version: number) {
      const body = { policies, version };
      const answer = await api.call<EscalationPolicies>(
        'PUT',
        pathOf(organisationId),
        escalationPoliciesSchema,
        body,
      );
      if (answer.ok) queries.setQueryData(queryKey, answer.result);
      else if (answer.problem.code === 'changed-meanwhile') void queries.invalidateQueries({ queryKey });
      return answer;
    },
  };
}

/** What a policy would do, as the hub says it; nothing while the policy is not one. */
export function usePreview(organisationId: string, policy: EscalationPolicy | undefined) {
  const { api } = useWorkplace();
  const [asked, setAsked] = useState(policy);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(policy), typingPauseMs);
    return () => clearTimeout(timer);
  }, [policy]);
  return useQuery({
    queryKey: ['escalation-preview', organisationId, asked],
    enabled: asked !== undefined,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: () =>
      resultOrThrow(
        api.call<z.infer<typeof previewSchema>>(
          'POST',
          `${pathOf(organisationId)}/preview`,
          previewSchema,
          asked,
        ),
      ),
  });
}
