import { newResidentSchema } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { NewRecordPage } from '../registry-forms/NewRecordPage.tsx';
import { newResidentFields, residentLabels } from './resident-fields.ts';

export function NewResidentPage() {
  const { t } = useTranslation();
  const [address] = useSearchParams();
  return (
    <NewRecordPage
      kind="residents"
      section="residents"
      title={t('residentPage.new')}
      fields={newResidentFields}
      schema={newResidentSchema}
      labels={residentLabels}
      initial={{ dwellingId: address.get('dwelling') ?? '' }}
      entered={(resident) => ({ path: `/residents/${encodeURIComponent(resident.id)}` })}
    />
  );
}
