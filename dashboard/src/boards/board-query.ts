import { boardSchema } from '@carebell/contracts/boards.ts';
import type { Board, BoardPart } from '@carebell/contracts/boards.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useAlarmBook } from '../live-feed/feed-context.ts';

const everyMs = 60_000;
/** A burst of alarms asks once. */
const atMostEveryMs = 3_000;
const dayMs = 86_400_000;

/** The time that is looked at, in days up to now. */
const boardTimes = { day: 1, week: 7, month: 30 } as const;
export type BoardTime = keyof typeof boardTimes;
export const boardTimeNames = Object.keys(boardTimes) as BoardTime[];
export type BoardAt = { id: string; grid: string | null };

export function boardPath({ id, grid }: BoardAt): string {
  const own = `/boards/${encodeURIComponent(id)}`;
  return grid === null ? own : `${own}/grids/${encodeURIComponent(grid)}`;
}

/** Where a part of a board has a board of its own; the rest has none. */
export function partPath(stationId: string, { of, id }: BoardPart): string | undefined {
  if (id === null) return undefined;
  return of === 'grid' ? boardPath({ id: stationId, grid: id }) : boardPath({ id, grid: null });
}

/** The board as it is now: asked for once a minute, and soon after an alarm comes or goes. */
export function useBoard(at: BoardAt, time: BoardTime) {
  const { api, ticker } = useWorkplace();
  const { alarms } = useAlarmBook();
  const query = useQuery({
    queryKey: ['board', at.id, at.grid, time],
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
    queryFn: () => {
      const from = new Date(ticker.now() - boardTimes[time] * dayMs).toISOString();
      const asked = time === 'day' ? '' : `?from=${encodeURIComponent(from)}`;
      return resultOrThrow<Board>(api.call('GET', `${boardPath(at)}${asked}`, boardSchema));
    },
  });
  useAskedAgain(alarms, query.refetch);
  return query;
}

/** Asks again when what the feed tells has changed, at most every few seconds. */
export function useAskedAgain(told: unknown, refetch: () => Promise<unknown>): void {
  const seen = useRef(told);
  const askedAtMs = useRef(0);
  useEffect(() => {
    if (seen.current === told) return undefined;
    seen.current = told;
    const waitMs = Math.max(0, askedAtMs.current + atMostEveryMs - performance.now());
    const timer = setTimeout(() => {
      askedAtMs.current = performance.now();
      void refetch();
    }, waitMs);
    return () => clearTimeout(timer);
  }, [told, refetch]);
}
