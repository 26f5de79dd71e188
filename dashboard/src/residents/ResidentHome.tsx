import type { Resident } from '@carebell/contracts/registry.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { openDwellingFields } from '../dwellings/dwelling-fields.ts';
import { RecordFacts } from '../registry-forms/RecordFacts.tsx';
import { RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { useRecord } from '../registry-forms/record-query.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { ResidentLine } from './ResidentsPage.tsx';

/** Where a resident lives, and who lives there too. */
export function ResidentHome({ resident }: { resident: Resident }) {
  const { t } = useTranslation();
  const registry = useRegistryApi();
  const { dwellingId } = resident;
  const { data: dwelling, error, refetch } = useRecord('dwellings', dwellingId);
  const neighbours = useQuery({
    queryKey: ['residents', 'list', 'at', dwellingId],
    queryFn: () => registry.list('residents', { dwellingId }),
  });
  const others = neighbours.data?.items.filter(({ id }) => id !== resident.id) ?? [];
  if (dwelling === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <RecordFacts fields={openDwellingFields} record={dwelling} hasNote={false} />
      {others.length > 0 && (
        <>
          <h2>{t('residentPage.others')}</h2>
          <ul className="record-lines">
            {others.map((other) => (
              <li key={other.id}>
                <ResidentLine resident={other} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
