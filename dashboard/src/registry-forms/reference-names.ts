import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ReferenceOf } from './form-fields.ts';
import { useRegistryApi } from './registry-api.ts';

/** What a person calls a record: an address, a name, or else its identifier. */
export function nameOfRecord(record: { id: string; name?: string; address?: string }): string {
  if (record.address !== undefined) return record.address;
  return record.name === undefined || record.name === '' ? record.id : record.name;
}

/** The name behind an identifier; the identifier itself until the hub has answered, or if it may not be seen. */
export function useReferenceName(of: ReferenceOf, id: string | null | undefined): string {
  const { t } = useTranslation();
  const registry = useRegistryApi();
  const isAsked = id !== undefined && id !== null && id !== '' && id !== rootOrganisationId;
  const { data } = useQuery({
    queryKey: [of, id],
    enabled: isAsked,
    staleTime: 30_000,
    queryFn: () => registry.one(of, id ?? ''),
  });
  if (id === rootOrganisationId) return t('organisationPage.root');
  return data === undefined ? (id ?? '') : nameOfRecord(data);
}
