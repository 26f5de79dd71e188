import { useTranslation } from 'react-i18next';
import { useSession } from '../log-in/session.ts';
import { Addresses } from './Addresses.tsx';

/** Where this person wants to be told, with a test of each address and the push of this browser. */
export function OwnAddresses() {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <Addresses
      userId="me"
      title={t('ownAddresses.title')}
      hint={t('ownAddresses.hint')}
      hasReports={may('report.mail')}
    />
  );
}
