import type { User } from '@carebell/contracts/registry.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayAndTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';
import { useReferenceName } from '../registry-forms/reference-names.ts';
import { RegistryList } from '../registry-forms/RegistryList.tsx';

export function UsersPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <RegistryList
      kind="users"
      section="organisations"
      title={t('section.users')}
      empty={t('userPage.empty')}
      searchHint={t('userPage.search')}
      create={may('user.write') ? { to: '/users/new', label: t('userPage.new') } : undefined}
      renderItem={(user) => <UserLine user={user} />}
    />
  );
}

function UserLine({ user }: { user: User }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const organisation = useReferenceName('organisations', user.organisationId);
  return (
    <Link className="record-line" to={`/users/${encodeURIComponent(user.id)}`}>
      <span className="line-main">
        <strong>{user.displayName}</strong>
        <code>{user.name}</code>
        {!user.isActive && <span className="state-mark">✕ {t('userPage.inactive')}</span>}
      </span>
      <span className="line-side">
        {t(`role.${user.role}`)} · {organisation}
      </span>
      <span className="line-end dim">
        {user.lastLoginAt === null
          ? t('userPage.neverLogin')
          : t('userPage.lastLogin', { time: dayAndTime(user.lastLoginAt, session.hub.timeZone) })}
      </span>
    </Link>
  );
}
