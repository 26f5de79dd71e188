import { labelledIn } from '@carebell/contracts/labels.ts';
import { deviceIdSchema } from '@carebell/contracts/ids.ts';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ScanDialog } from './ScanDialog.tsx';
import { pathOfLabelled } from './label-paths.ts';

/** Opens the page of what is scanned; what is typed is taken for a device. */
export function ScanPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <main className="list-page">
      <header>
        <h1>{t('scan.title')}</h1>
      </header>
      <ScanDialog
        title={t('scan.title')}
        onClose={() => void navigate(-1)}
        onCode={(text) => {
          const plain = text.trim();
          const typed = deviceIdSchema.safeParse(plain).success
            ? { of: 'device' as const, id: plain }
            : undefined;
          const labelled = labelledIn(text) ?? typed;
          if (labelled === undefined) return false;
          void navigate(pathOfLabelled(labelled), { replace: true });
          return true;
        }}
      />
    </main>
  );
}
