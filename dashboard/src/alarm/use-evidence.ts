import type { z } from 'zod';
import { useQuery } from '@tanstack/react-query';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

/** While help is on its way, a door that opens is news. */
const refreshEveryMs = 10_000;

/** How one part of the evidence stands: what was had last is shown with its time as long as nothing newer comes. */
export type Evidence<T> =
  { is: 'loading' } | { is: 'unavailable' } | { is: 'known'; value: T; staleSince: number | null };

/** One part of what stands beside an alarm. Each is asked for by itself, so that none keeps another from being shown. */
export function useEvidence<T>(
  { id, version }: { id: string; version: number },
  part: string,
  schema: z.ZodType<T>,
): Evidence<T> {
  const { api } = useWorkplace();
  const { data, isError, dataUpdatedAt } = useQuery({
    queryKey: ['evidence', id, part, version],
    queryFn: async () => ({
      value: await resultOrThrow(
        api.call('GET', `/alarms/${encodeURIComponent(id)}/evidence/${part}`, schema),
      ),
    }),
    refetchInterval: refreshEveryMs,
    retry: false,
    // Of an earlier version of this alarm, never of another one.
    placeholderData: (before, query) => (query?.queryKey[1] === id ? before : undefined),
  });
  if (data !== undefined)
    return { is: 'known', value: data.value, staleSince: isError ? dataUpdatedAt : null };
  return { is: isError ? 'unavailable' : 'loading' };
}
