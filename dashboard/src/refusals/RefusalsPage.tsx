import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { clockTime } from '../app/instants.ts';
import { ListPage } from '../app/ListPage.tsx';
import { WordOrCode } from '../app/WordOrCode.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';

const refreshEveryMs = 10_000;

export function RefusalsPage() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { session } = useSession();
  const { timeZone } = session.hub;
  const { data, error, refetch } = useQuery({
    queryKey: ['refusals'],
    queryFn: () => resultOrThrow(api.refusals()),
    refetchInterval: refreshEveryMs,
  });
  return (
    <ListPage
      title={t('refusals.title')}
      hint={t('refusals.hint')}
      error={error}
      onRetry={() => void refetch()}
      count={data?.items.length}
      empty={t('refusals.empty')}
    >
      <table className="plain-table stacked">
        <thead>
          <tr>
            <th>{t('refusals.count')}</th>
            <th>{t('refusals.reason')}</th>
            <th>{t('refusals.subject')}</th>
            <th>{t('refusals.first')}</th>
            <th>{t('refusals.last')}</th>
            <th>{t('refusals.sample')}</th>
          </tr>
        </thead>
        <tbody>
          {data?.items.map((refusal) => (
            <tr key={`${refusal.day} ${refusal.reason} ${refusal.subject}`}>
              <td data-label={t('refusals.count')} className="number">
                {refusal.count}
              </td>
              <td data-label={t('refusals.reason')}>
                <WordOrCode path={`refusalReason.${refusal.reason}`} />
              </td>
              <td data-label={t('refusals.subject')}>
                <code>{refusal.subject}</code>
              </td>
              <td data-label={t('refusals.first')}>
                {refusal.day} {clockTime(refusal.firstAt, timeZone)}
              </td>
              <td data-label={t('refusals.last')}>{clockTime(refusal.lastAt, timeZone)}</td>
              <td data-label={t('refusals.sample')}>
                <code>{refusal.sample}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListPage>
  );
}
