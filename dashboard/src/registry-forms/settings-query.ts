import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answer } from '../api/hub-api.ts';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

type Schema<T> = { safeParse: (raw: unknown) => { success: true; data: T } | { success: false } };

/** What is set at one place of the hub as a whole, and how to replace it; `path` is where the hub keeps it. */
export function useSettings<T, Body extends { version: number }>(
  queryKey: readonly string[],
  path: string,
  schema: Schema<T>,
) {
  const { api } = useWorkplace();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey,
    queryFn: () => resultOrThrow(api.call('GET', path, schema)),
  });
  return {
    ...query,
    /** The body names the version that was read; if somebody else has replaced that, it is read again. */
    async replace(body: Body): Promise<Answer<T>> {
      const answer = await api.call('PUT', path, schema, body);
      if (answer.ok) queries.setQueryData(queryKey, answer.result);
      else if (answer.problem.code === 'changed-meanwhile') void queries.invalidateQueries({ queryKey });
      return answer;
    },
  };
}
