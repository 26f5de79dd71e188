import { jobPageSchema, jobSchema, jobSummarySchema } from '@carebell/contracts/maintenance.ts';
import type { Job, JobKind, JobSummary } from '@carebell/contracts/maintenance.ts';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';

/** What is done is seen by the hub itself, some seconds later. */
const refreshEveryMs = 15_000;

export type JobWish = { kind: JobKind | ''; stationId: string; mine: boolean; state: 'open' | 'done' };

export function jobQuery({ kind, stationId, mine, state }: JobWish): URLSearchParams {
  const query = new URLSearchParams();
  if (kind !== '') query.set('kind', kind);
  if (stationId !== '') query.set('stationId', stationId);
  if (mine) query.set('mine', 'true');
  if (state === 'done') query.set('state', 'done');
  return query;
}

export function useJobs(wish: JobWish) {
  const { api } = useWorkplace();
  const query = jobQuery(wish).toString();
  return useInfiniteQuery({
    queryKey: ['maintenance', 'list', query],
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const cursor = pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`;
      return resultOrThrow(api.call('GET', `/maintenance?limit=100&${query}${cursor}`, jobPageSchema));
    },
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: (previous) => previous,
    refetchInterval: refreshEveryMs,
  });
}

export function useJobSummary() {
  const { api } = useWorkplace();
  return useQuery({
    queryKey: ['maintenance', 'summary'],
    queryFn: () => resultOrThrow(api.call('GET', '/maintenance/summary', jobSummarySchema)),
    refetchInterval: refreshEveryMs,
  });
}

/** How many of each kind, of one station or of all. */
export function totalsOf(summary: JobSummary, stationId: string): Map<JobKind, number> {
  const totals = new Map<JobKind, number>();
  for (const station of summary.items) {
    if (stationId !== '' && station.stationId !== stationId) continue;
    for (const { kind, count } of station.counts) totals.set(kind, (totals.get(kind) ?? 0) + count);
  }
  return totals;
}

type Work = { path: 'take'; takeOver: boolean } | { path: 'release' } | { path: 'notes'; text: string };

/** Takes a job, gives it back or notes something of it, and asks for the list anew. */
export function useJobWork(): (job: Job, work: Work) => Promise<boolean> {
  const { api } = useWorkplace();
  const { message } = App.useApp();
  const problemText = useProblemText();
  const queries = useQueryClient();
  return async ({ kind, of, id }, { path, ...more }) => {
    const answer = await api.call('POST', `/maintenance/${path}`, jobSchema, { kind, of, id, ...more });
    if (!answer.ok) void message.error(problemText(answer.problem));
    await queries.invalidateQueries({ queryKey: ['maintenance'] });
    return answer.ok;
  };
}
