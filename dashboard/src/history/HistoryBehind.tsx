import { historyStatusSchema } from '@carebell/contracts/history.ts';
import { useTranslation } from 'react-i18next';
import { useHistory } from './history-query.ts';

/** More than a moment behind: what just happened is not in the charts. */
const behindSeconds = 120;

/** Says so when the hub's history itself is behind. */
export function HistoryBehind() {
  const { t } = useTranslation();
  const { data } = useHistory({ path: 'status', query: {} }, historyStatusSchema);
  if (data === undefined || data.lagSeconds < behindSeconds) return null;
  return (
    <output className="history-stale" data-testid="history-behind">
      {t('history.behind', { n: Math.round(data.lagSeconds / 60) })}
    </output>
  );
}
