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
import { App } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useProblemText } from '../app/problem-text.ts';
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
  const { message } = App.useApp();
  const { t } = useTranslation();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const [isSending, setSending] = useState(false);
  const send = useCallback(
    async (method: 'POST' | 'PATCH', path: string, body: object): Promise<ServiceRequest | undefined> => {
      setSending(true);
      const answer = await api.call<ServiceRequest>(method, `/requests${path}`, serviceRequestSchema, body);
      setSending(false);
      if (answer.ok) void message.success(t('request.kept'));
      else void message.error(problemText(answer.problem), 6);
      await queries.invalidateQueries({ queryKey: requestsKey });
      return answer.ok ? answer.result : undefined;
    },
    [api, message, problemText, queries, t],
  );
  return { isSending, send };
}
