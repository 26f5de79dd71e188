import { servicesSchema } from '@carebell/contracts/service-catalogue.ts';
import type { Service, Services } from '@carebell/contracts/service-catalogue.ts';
import { useSettings } from '../registry-forms/settings-query.ts';

/** The services that hold at an organisation, and how to replace its own. */
export function useServices(organisationId: string) {
  const path = `/organisations/${encodeURIComponent(organisationId)}/services`;
  return useSettings<Services, { services: readonly Service[]; version: number }>(
    ['services', organisationId],
    path,
    servicesSchema,
  );
}
