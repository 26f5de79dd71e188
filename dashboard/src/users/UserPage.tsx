import { userChangeSchema } from '@carebell/contracts/registry.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { RecordFields } from '../registry-forms/RecordFacts.tsx';
import { RecordPage, RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { useRecord } from '../registry-forms/record-query.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { Addresses } from '../settings/Addresses.tsx';
import { ResetSecondFactor } from './ResetSecondFactor.tsx';
import { userFields, userLabels } from './user-fields.ts';

/** Who reads reports may have them mailed. */
const reported: ReadonlySet<Role> = new Set([
  'administrator',
  'supervisor',
  'district-supervisor',
  'street-supervisor',
  'station-manager',
]);

export function UserPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { may, session } = useSession();
  const registry = useRegistryApi();
  const { data: user, error, refetch, changed } = useRecord('users', id);
  if (user === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  // One's own is changed in the settings, by the one that one has.
  const fields = userFields(session.user.role).filter(
    ({ name }) => name !== 'password' || id !== session.user.id,
  );
  const isGrantable = fields.some(({ name, options }) => name === 'role' && options.includes(user.role));
  const mayWrite = may('user.write') && isGrantable;
  return (
    <RecordPage
      key={id}
      section="organisations"
      path={`/users/${encodeURIComponent(id)}`}
      title={user.displayName}
      facts={
        <>
          <code>{user.name}</code>
          {user.hasSecondFactor && <span className="dim">{t('secondFactor.of')}</span>}
        </>
      }
      tabs={[
        {
          key: 'user',
          label: t('userPage.user'),
          content: (
            <RecordFields
              mayWrite={mayWrite}
              fields={mayWrite ? fields : fields.filter(({ name }) => name !== 'password')}
              schema={userChangeSchema}
              record={user}
              labels={userLabels}
              hints={{ password: t('fieldHint.newPassword') }}
              send={(body) => registry.change('users', id, body)}
              onDone={changed}
            />
          ),
        },
        ...(mayWrite
          ? [
              {
                key: 'addresses',
                label: t('userPage.addresses'),
                content: (
                  <Addresses
                    userId={id}
                    title={t('ownAddresses.titleOf', { person: user.displayName })}
                    hint={t('ownAddresses.hintOf')}
                    hasReports={reported.has(user.role)}
                  />
                ),
              },
            ]
          : []),
        ...(may('second-factor.reset') && isGrantable && user.hasSecondFactor && id !== session.user.id
          ? [
              {
                key: 'second-factor',
                label: t('secondFactor.tab'),
                content: <ResetSecondFactor user={user} />,
              },
            ]
          : []),
      ]}
    />
  );
}
