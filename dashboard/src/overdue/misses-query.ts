import { pageOf } from '@carebell/contracts/http-api.ts';
import { missedAlarmSchema } from '@carebell/contracts/review.ts';
import type { MissedAlarm, MissState } from '@carebell/contracts/review.ts';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import type { HubRefusal } from '../api/hub-api.ts';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

type MissPage = { items: MissedAlarm[]; cursor: string | null };

const missPage = pageOf(missedAlarmSchema);
const refreshEveryMs = 5_000;

/** Alarms that missed a deadline, page by page; those that are open go on while one looks. */
export function useMisses(state: MissState) {
  const { api } = useWorkplace();
  return useInfiniteQuery({
    queryKey: ['misses', state],
    refetchInterval: state === 'open' ? refreshEveryMs : false,
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ state, ...(pageParam === '' ? {} : { cursor: pageParam }) });
      return resultOrThrow(api.call<MissPage>('GET', `/misses?${query.toString()}`, missPage));
    },
    getNextPageParam: (page) => page.cursor ?? undefined,
  });
}

/** Enters what a supervisor found; the alarm goes to those that were looked at. */
export function useReview(): (alarmId: string, note: string) => Promise<HubRefusal | undefined> {
  const { api } = useWorkplace();
  const queries = useQueryClient();
  return async (alarmId, note) => {
    const path = `/alarms/${encodeURIComponent(alarmId)}/review`;
    const answer = await api.call('POST', path, z.unknown(), { note });
    await queries.invalidateQueries({ queryKey: ['misses'] });
    return answer.ok ? undefined : answer.problem;
  };
}
