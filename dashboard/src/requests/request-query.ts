import {
  requestDetailSchema,
  requestPageSchema,
  serviceRequestSchema,
} from '@carebell/contracts/service-requests.ts';
import type {
  RequestDetail,
  RequestPage,
  RequestView,
  ServiceRequest,
} from '@carebell/contracts/service-requests.ts';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useAct } from '../app/use-act.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useLiveFeed } from '../live-feed/feed-context.ts';

const requestsKey = ['requests'];
/** For those to whom the feed does not speak; everybody else hears of a change at once. */
const refreshEveryMs = 15_000;

/** Whatever is shown of requests is asked for anew when the feed says that one has changed. */
export function useRequestsFollowed(): void {
  const feed = useLiveFeed();
  const queries = useQueryClient();
  useEffect(
    () => feed.watchRequests(() => void queries.invalidateQueries({ queryKey: requestsKey })),
    [feed, queries],
  );
}

export function useRequests(asked: { view: RequestView; stationId: string; residentId?: string }) {
  const { api } = useWorkplace();
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== '')).toString();
  return useInfiniteQuery({
    queryKey: [...requestsKey, query],
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const cursor = pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`;
      return resultOrThrow(
        api.call<RequestPage>('GET', `/requests?limit=100&${query}${cursor}`, requestPageSchema),
      );
    },
    getNextPageParam: (page) => page.cursor ?? undefined,
    refetchInterval: refreshEveryMs,
    placeholderData: keepPreviousData,
  });
}

export function useRequest(id: string) {
  const { api } = useWorkplace();
  return useQuery({
    queryKey: [...requestsKey, 'one', id],
    queryFn: () =>
      resultOrThrow(
        api.call<RequestDetail>('GET', `/requests/${encodeURIComponent(id)}`, requestDetailSchema),
      ),
    refetchInterval: refreshEveryMs,
  });
}

/** Does something to a request, says why it could not be done, and shows it as it is afterwards. */
export function useRequestActs() {
  const { api } = useWorkplace();
  const { t } = useTranslation();
  const { isSending, act } = useAct(requestsKey);
  const send = useCallback(
    (method: 'POST' | 'PATCH', path: string, body: object) =>
      act(
        api.call<ServiceRequest>(method, `/requests${path}`, serviceRequestSchema, body),
        t('request.kept'),
      ),
    [api, act, t],
  );
  return { isSending, send };
}
