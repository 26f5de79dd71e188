import { newDwellingSchema } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { useSession } from '../log-in/session.ts';
import { NewRecordPage } from '../registry-forms/NewRecordPage.tsx';
import { dwellingFields } from './dwelling-fields.ts';

export function NewDwellingPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <NewRecordPage
      kind="dwellings"
      section={may('resident.read') ? 'residents' : 'devices'}
      title={t('dwellingPage.new')}
      fields={dwellingFields}
      schema={newDwellingSchema}
      hints={{ access: t('fieldHint.access') }}
      entered={(dwelling) => ({ path: `/dwellings/${encodeURIComponent(dwelling.id)}` })}
    />
  );
}
