import { careBedDetailSchema, careBedListSchema } from '@carebell/contracts/care-beds.ts';
import type { CareBed, CareBedDetail } from '@carebell/contracts/care-beds.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HubRefusal } from '../api/hub-api.ts';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useAskedAgain } from '../boards/board-query.ts';
import { useAlarmBook } from '../live-feed/feed-context.ts';

const everyMs = 10_000;
export const staleAfterMs = 30_000;

export function careBedPath(id: string): string {
  return `/care-beds/${encodeURIComponent(id)}`;
}

export function useCareBeds(state: 'open' | 'ended') {
  const { api } = useWorkplace();
  const query = useQuery({
    queryKey: ['care-beds', state],
    refetchInterval: everyMs,
    queryFn: () =>
      resultOrThrow<{ items: CareBed[]; isCut: boolean }>(
        api.call('GET', `/care-beds?state=${state}&limit=300`, careBedListSchema),
      ),
  });
  useAskedAgain(useAlarmBook().alarms, query.refetch);
  return query;
}

export function useCareBed(id: string) {
  const { api } = useWorkplace();
  const query = useQuery({
    queryKey: ['care-bed', id],
    refetchInterval: everyMs,
    queryFn: () => resultOrThrow<CareBedDetail>(api.call('GET', careBedPath(id), careBedDetailSchema)),
  });
  useAskedAgain(useAlarmBook().alarms, query.refetch);
  return query;
}

/** Sends a change and shows what came of it; answers the bed if it was taken. */
export function useCareBedChange() {
  const { api } = useWorkplace();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<HubRefusal>();
  const [isSending, setIsSending] = useState(false);

  async function send(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<CareBedDetail | undefined> {
    setIsSending(true);
    const answer = await api.call<CareBedDetail>(method, path, careBedDetailSchema, body);
    setIsSending(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return undefined;
    queries.setQueryData(['care-bed', answer.result.id], answer.result);
    void queries.invalidateQueries({ queryKey: ['care-beds'] });
    return answer.result;
  }
  return { send, problem, isSending };
}
