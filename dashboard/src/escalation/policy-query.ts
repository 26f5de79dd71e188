import { escalationPoliciesSchema } from '@carebell/contracts/escalation.ts';
import type { EscalationPolicies, EscalationPolicy } from '@carebell/contracts/escalation.ts';
import { previewSchema } from '@carebell/contracts/escalation-preview.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSettings } from '../registry-forms/settings-query.ts';

/** The time line follows when nobody has changed anything for this long. */
const typingPauseMs = 150;

const pathOf = (organisationId: string) =>
  `/organisations/${encodeURIComponent(organisationId)}/escalation-policies`;

/** The policies that hold at an organisation, and how to replace its own. */
export function usePolicies(organisationId: string) {
  const queryKey = ['escalation-policies', organisationId];
  return useSettings<EscalationPolicies, { policies: readonly EscalationPolicy[]; version: number }>(
    queryKey,
    pathOf(organisationId),
    escalationPoliciesSchema,
  );
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
