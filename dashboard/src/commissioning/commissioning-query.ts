import {
  commissioningLineSchema,
  commissioningPointSchema,
  commissioningSchema,
  retestSchema,
} from '@carebell/contracts/commissioning.ts';
import type { Commissioning } from '@carebell/contracts/commissioning.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';

const linePage = pageOf(commissioningLineSchema);
const pointPage = pageOf(commissioningPointSchema);
const retestPage = pageOf(retestSchema);
const key = ['commissionings'];
/** Whoever presses looks at the telephone. */
const followEveryMs = 1_500;
const refreshEveryMs = 15_000;

/** One commissioning as the hub follows it. Without a connection it goes on being asked for, and what was known stays. */
export function useCommissioning(id: string) {
  const { api } = useWorkplace();
  return useQuery({
    queryKey: [...key, 'one', id],
    queryFn: () =>
      resultOrThrow(api.call('GET', `/commissionings/${encodeURIComponent(id)}`, commissioningSchema)),
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.state === 'open' ? followEveryMs : false,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useCommissionings(query: Record<string, string>) {
  const { api } = useWorkplace();
  const asked = new URLSearchParams(query).toString();
  return useQuery({
    queryKey: [...key, 'lines', asked],
    queryFn: () => resultOrThrow(api.call('GET', `/commissionings?${asked}`, linePage)),
    refetchInterval: refreshEveryMs,
  });
}

export function useCommissioningPoints(query: Record<string, string>) {
  const { api } = useWorkplace();
  const asked = new URLSearchParams(query).toString();
  return useQuery({
    queryKey: [...key, 'points', asked],
    queryFn: () => resultOrThrow(api.call('GET', `/commissioning-points?${asked}`, pointPage)),
    refetchInterval: refreshEveryMs,
  });
}

export function useRetests(query: Record<string, string>) {
  const { api } = useWorkplace();
  const asked = new URLSearchParams(query).toString();
  return useQuery({
    queryKey: [...key, 'retests', asked],
    queryFn: () => resultOrThrow(api.call('GET', `/commissioning-retests?${asked}`, retestPage)),
    refetchInterval: refreshEveryMs,
  });
}

/** What is done to a commissioning; the answer says how it stands then, and what went wrong is said. */
export function useCommissioningSteps() {
  const { api } = useWorkplace();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const problemText = useProblemText();
  async function post(path: string, body: unknown): Promise<Commissioning | undefined> {
    const answer = await api.call('POST', `/commissionings${path}`, commissioningSchema, body);
    if (!answer.ok) {
      void message.error(problemText(answer.problem));
      return undefined;
    }
    queries.setQueryData([...key, 'one', answer.result.id], answer.result);
    void queries.invalidateQueries({ queryKey: [...key, 'lines'] });
    void queries.invalidateQueries({ queryKey: ['test-modes'] });
    return answer.result;
  }
  return {
    begin: (dwellingId: string) => post('', { dwellingId }),
    act: (id: string, act: 'test' | 'again' | 'confirm' | 'skip' | 'abandon' | 'sign', body: unknown) =>
      post(`/${encodeURIComponent(id)}/${act}`, body),
    async pointDone(id: string): Promise<void> {
      const path = `/commissioning-points/${encodeURIComponent(id)}/done`;
      const answer = await api.call('POST', path, commissioningPointSchema, {});
      if (!answer.ok) void message.error(problemText(answer.problem));
      await queries.invalidateQueries({ queryKey: key });
    },
  };
}
