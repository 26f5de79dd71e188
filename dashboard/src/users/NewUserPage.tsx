import { newUserSchema } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { useSession } from '../log-in/session.ts';
import { NewRecordPage } from '../registry-forms/NewRecordPage.tsx';
import { newUserFields, userLabels } from './user-fields.ts';

export function NewUserPage() {
  const { t } = useTranslation();
  const { session } = useSession();
  return (
    <NewRecordPage
      kind="users"
      section="organisations"
      title={t('userPage.new')}
      fields={newUserFields(session.user.role)}
      schema={newUserSchema}
      labels={userLabels}
      hints={{ password: t('fieldHint.password') }}
      initial={{ role: 'operator', organisationId: session.user.organisationId }}
      entered={({ user, password }) => ({
        path: `/users/${encodeURIComponent(user.id)}`,
        secret: password === null ? undefined : { id: user.name, secret: password, isPassword: true },
      })}
    />
  );
}
