import { useTranslation } from 'react-i18next';
import { RecordPage } from '../registry-forms/RecordPage.tsx';
import { BatteriesTab } from './BatteriesTab.tsx';
import { ChainTab } from './ChainTab.tsx';
import { QuietTab } from './QuietTab.tsx';
import { TestsTab } from './TestsTab.tsx';
import './supervision.css';

/** What watches the watchers: silence, batteries, untested buttons, and the way of an alarm itself. */
export function SupervisionPage() {
  const { t } = useTranslation();
  return (
    <RecordPage
      section="devices"
      path="/supervision"
      title={t('supervision.title')}
      tabs={[
        { key: 'quiet', label: t('supervision.quiet'), content: <QuietTab /> },
        { key: 'batteries', label: t('supervision.batteries'), content: <BatteriesTab /> },
        { key: 'tests', label: t('supervision.tests'), content: <TestsTab /> },
        { key: 'chain', label: t('supervision.chain'), content: <ChainTab /> },
      ]}
    />
  );
}
