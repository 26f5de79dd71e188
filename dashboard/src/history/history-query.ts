import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import { wallMs } from './wall-time.ts';

/** What is asked, from how long before now, or before the last midnight of a time zone; without both the hub decides. */
export type HistoryQuestion = {
  path: string;
  query: Record<string, string>;
  backMs?: number;
  midnightIn?: string;
};

export type HistoryAnswer<T> = {
  data: T | undefined;
  error: Error | null;
  /** When the numbers came, by this screen's clock; 0 as long as there are none. */
  cameAtMs: number;
  retry: () => void;
};

const dayMs = 24 * 3_600_000;
/** New minutes come by themselves. */
const refreshEveryMs = 60_000;

/** Asks the history of the hub, again and again. A failed renewal leaves the numbers that are there. */
export function useHistory<S extends z.ZodType>(
  question: HistoryQuestion,
  schema: S,
): HistoryAnswer<z.infer<S>> {
  const { api, ticker } = useWorkplace();
  const { path, query } = question;
  const { data, error, dataUpdatedAt, refetch } = useQuery<z.infer<S>>({
    queryKey: ['history', question],
    queryFn: () => {
      const asked = new URLSearchParams({ ...beginOf(question, ticker.now()), ...query });
      return resultOrThrow<z.infer<S>>(api.call('GET', `/history/${path}?${asked.toString()}`, schema));
    },
    refetchInterval: refreshEveryMs,
  });
  return { data, error, cameAtMs: dataUpdatedAt, retry: () => void refetch() };
}

function beginOf({ backMs, midnightIn }: HistoryQuestion, nowMs: number): Record<string, string> {
  if (backMs === undefined) return {};
  const sinceMidnightMs = midnightIn === undefined ? 0 : wallMs(nowMs, midnightIn) % dayMs;
  return { from: new Date(nowMs - backMs - sinceMidnightMs).toISOString() };
}
