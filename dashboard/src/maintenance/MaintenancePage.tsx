import { useTranslation } from 'react-i18next';
import { RecordPage } from '../registry-forms/RecordPage.tsx';
import { FirmwareTab } from './FirmwareTab.tsx';
import { JobsTab } from './JobsTab.tsx';
import './maintenance.css';

/** The work list of whoever installs and looks after devices. */
export function MaintenancePage() {
  const { t } = useTranslation();
  return (
    <RecordPage
      section="devices"
      path="/maintenance"
      title={t('maintenance.title')}
      tabs={[
        { key: 'jobs', label: t('maintenance.jobs'), content: <JobsTab /> },
        { key: 'firmware', label: t('maintenance.firmware'), content: <FirmwareTab /> },
      ]}
    />
  );
}
