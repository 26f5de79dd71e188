import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { z } from 'zod';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

const refreshEveryMs = 10_000;

/** Asks again and again: silence comes without a word. */
export function useSupervision<S extends z.ZodType>(path: string, schema: S): UseQueryResult<z.infer<S>> {
  const { api } = useWorkplace();
  return useQuery<z.infer<S>>({
    queryKey: ['supervision', path],
    queryFn: () => resultOrThrow<z.infer<S>>(api.call('GET', `/supervision/${path}`, schema)),
    refetchInterval: refreshEveryMs,
  });
}
