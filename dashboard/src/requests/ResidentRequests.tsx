import { useTranslation } from 'react-i18next';
import { MorePages } from '../app/MorePages.tsx';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { RequestLine } from './RequestLine.tsx';
import { useRequests, useRequestsFollowed } from './request-query.ts';
import './requests.css';

/** Everything that a resident has asked for, the latest first. */
export function ResidentRequests({ residentId }: { residentId: string }) {
  const { t } = useTranslation();
  useRequestsFollowed();
  const list = useRequests({ view: 'all', stationId: '', residentId });
  const { data, error, refetch } = list;
  const requests = data?.pages.flatMap(({ items }) => items);
  if (error !== null && requests === undefined)
    return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (requests === undefined) return <PageLoading />;
  if (requests.length === 0) return <p className="list-empty">{t('request.emptyView')}</p>;
  return (
    <>
      <ol className="request-lines" data-testid="resident-requests">
        {requests.map((request) => (
          <RequestLine key={request.id} request={request} isSelected={false} onTake={undefined} />
        ))}
      </ol>
      <MorePages of={list} />
    </>
  );
}
