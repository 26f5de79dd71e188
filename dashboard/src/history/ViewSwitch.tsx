import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { View } from './HistoryCard.tsx';

/** Charts or tables; which stands in the address, so that a link and a reload keep it. */
export function useView(): [View, (view: View) => void] {
  const [address, setAddress] = useSearchParams();
  const take = (view: View) => setAddress(view === 'table' ? { view } : {}, { replace: true });
  return [address.get('view') === 'table' ? 'table' : 'chart', take];
}

export function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const { t } = useTranslation();
  return (
    <Segmented<View>
      aria-label={t('history.view')}
      value={view}
      onChange={onChange}
      options={[
        { value: 'chart', label: <span data-testid="view-chart">{t('history.chart')}</span> },
        { value: 'table', label: <span data-testid="view-table">{t('history.table')}</span> },
      ]}
    />
  );
}
