import {
  duePageSchema,
  pressesSchema,
  visitFollowUpPageSchema,
  visitSchema,
} from '@carebell/contracts/visits.ts';
import type { NewVisit } from '@carebell/contracts/visits.ts';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { createKeptVisits } from './kept-visits.ts';
import type { KeptVisit, Sent } from './kept-visits.ts';

const refreshEveryMs = 30_000;
const sendEveryMs = 15_000;
const pressEveryMs = 2_000;

/** `street` and `district`: missed ones that have come so far. */
export type Shown = 'due' | 'away' | 'overdue' | 'street' | 'district';

export function useDue(shown: Shown) {
  const { api } = useWorkplace();
  return useInfiniteQuery({
    queryKey: ['visits', 'due', shown],
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({
        ...(shown === 'street' || shown === 'district' ? { escalatedTo: shown } : { state: shown }),
        limit: '200',
        ...(pageParam === '' ? {} : { cursor: pageParam }),
      });
      return resultOrThrow(api.call('GET', `/visits/due?${query.toString()}`, duePageSchema));
    },
    getNextPageParam: (page) => page.cursor ?? undefined,
    refetchInterval: refreshEveryMs,
  });
}

export function useVisitFollowUps() {
  const { api } = useWorkplace();
  return useQuery({
    queryKey: ['visits', 'follow-ups'],
    queryFn: () => resultOrThrow(api.call('GET', '/visit-follow-ups?limit=500', visitFollowUpPageSchema)),
    refetchInterval: refreshEveryMs,
  });
}

/** The first test press at the resident's dwelling since then, while it is waited for. */
export function usePress(residentId: string, since: string, isAwaited: boolean): string | undefined {
  const { api } = useWorkplace();
  const { data } = useQuery({
    queryKey: ['visits', 'presses', residentId, since],
    enabled: isAwaited,
    queryFn: () =>
      resultOrThrow(
        api.call(
          'GET',
          `/residents/${encodeURIComponent(residentId)}/visit-presses?since=${encodeURIComponent(since)}`,
          pressesSchema,
        ),
      ),
    refetchInterval: pressEveryMs,
  });
  return data?.items[0]?.at;
}

/** What was written down and is not at the hub yet; it is sent whenever there may be network. */
export function useKeptVisits() {
  const { api } = useWorkplace();
  const { session } = useSession();
  const queries = useQueryClient();
  const [store] = useState(() => createKeptVisits(localStorage, session.user.id));
  const kept = useSyncExternalStore(store.subscribe, store.get);

  const post = useCallback(
    async (visit: NewVisit): Promise<Sent> => {
      const answer = await api.call('POST', '/visits', visitSchema, visit);
      if (answer.ok) return { is: 'sent' };
      const { status, code } = answer.problem;
      const isFinal = status >= 400 && status < 500 && status !== 401 && status !== 429;
      return isFinal ? { is: 'refused', why: code } : { is: 'later' };
    },
    [api],
  );
  const send = useCallback(async (): Promise<void> => {
    await store.send(post);
    await queries.invalidateQueries({ queryKey: ['visits'] });
  }, [store, post, queries]);

  useEffect(() => {
    const isWaiting = kept.some(({ why }) => why === null);
    if (!isWaiting) return undefined;
    const sendQuietly = () => void store.send(post);
    const timer = setInterval(sendQuietly, sendEveryMs);
    addEventListener('online', sendQuietly);
    return () => {
      clearInterval(timer);
      removeEventListener('online', sendQuietly);
    };
  }, [kept, store, post]);

  return {
    kept,
    drop: store.drop,
    send,
    /** Keeps it first, so that nothing is lost between the press of a button and the hub's answer. */
    async record(one: Omit<KeptVisit, 'why'>): Promise<KeptVisit | undefined> {
      store.keep({ ...one, why: null });
      await send();
      return store.get().find(({ visit }) => visit.id === one.visit.id);
    },
  };
}
