import { historyPageSchema } from '@carebell/contracts/history.ts';
import { useTranslation } from 'react-i18next';
import { dateAndTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';
import { useHistory } from './history-query.ts';
import { HistoryCard, NumbersTable } from './HistoryCard.tsx';

const backMs = 30 * 24 * 3_600_000;
const mostShown = '30';

/** When a device was there and when it was not, as far as the hub heard: its signs of life, the latest first. */
export function ConnectionCard({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const answer = useHistory(
    { path: 'availability', query: { deviceId, limit: mostShown }, backMs },
    historyPageSchema,
  );
  const items = answer.data?.items ?? [];
  return (
    <HistoryCard
      testId="history-connection"
      title={t('history.connection')}
      hint={t('history.connectionHint')}
      view="table"
      answer={answer}
      empty={items.length === 0 && t('history.connectionEmpty')}
      heightRem={4}
      chart={null}
      table={
        <NumbersTable
          caption={t('history.connection')}
          head={[t('history.time'), t('history.state')]}
          rows={items.map(({ at, kind }) => ({
            key: `${at} ${kind}`,
            cells: [
              dateAndTime(at, session.hub.timeZone),
              t(`availability.${kind === 'online' || kind === 'offline' ? kind : 'unknown'}`),
            ],
          }))}
        />
      }
    />
  );
}
