import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../log-in/session.ts';

/** The button that opens the menu of whoever is logged in. */
export function UserFace(props: ComponentProps<'button'>) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { displayName, role } = session.user;
  return (
    <button
      {...props}
      type="button"
      className="bar-button"
      data-testid="user-menu"
      aria-haspopup="menu"
      aria-label={t('settings.user', { name: displayName, role: t(`role.${role}`) })}
    >
      <span className="user-initial">{displayName.slice(0, 1)}</span>
      <span className="bar-button-text">
        {displayName}
        <span className="user-role"> · {t(`role.${role}`)}</span>
      </span>
    </button>
  );
}
