import { mapFrameSchema, mapPlacesSchema, mapStatesSchema } from '@carebell/contracts/map.ts';
import type { MapFrame, MapPlace, MapStates } from '@carebell/contracts/map.ts';
import { useQuery } from '@tanstack/react-query';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useAskedAgain } from '../boards/board-query.ts';
import { useAlarmBook } from '../live-feed/feed-context.ts';

/** Homes do not move; new ones come by and by. */
const placesEveryMs = 300_000;
const statesEveryMs = 15_000;
const staleAfterMs = 45_000;

export type MapAnswers = {
  frame: MapFrame | undefined;
  places: readonly MapPlace[] | undefined;
  states: MapStates | undefined;
  error: Error | null;
  retry: () => void;
  /** When the states came, by this screen's clock. */
  statesAtMs: number;
};

/** What stands on the map of an organisation and what is there: asked for again when alarms come or go. */
export function useMap(id: string): MapAnswers {
  const { api } = useWorkplace();
  const { alarms } = useAlarmBook();
  const path = `/map/${encodeURIComponent(id)}`;
  const frame = useQuery({
    queryKey: ['map', id, 'frame'],
    refetchInterval: placesEveryMs,
    queryFn: () => resultOrThrow<MapFrame>(api.call('GET', path, mapFrameSchema)),
  });
  const places = useQuery({
    queryKey: ['map', id, 'places'],
    refetchInterval: placesEveryMs,
    queryFn: async () => {
      const all: MapPlace[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const asked: string = cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`;
        const page: { items: MapPlace[]; cursor: string | null } = await resultOrThrow(
          api.call('GET', `${path}/places${asked}`, mapPlacesSchema),
        );
        all.push(...page.items);
        ({ cursor } = page);
      }
      return all;
    },
  });
  const states = useQuery({
    queryKey: ['map', id, 'states'],
    refetchInterval: statesEveryMs,
    queryFn: () => resultOrThrow<MapStates>(api.call('GET', `${path}/states`, mapStatesSchema)),
  });
  useAskedAgain(alarms, states.refetch);
  return {
    frame: frame.data,
    places: places.data,
    states: states.data,
    error: frame.error ?? places.error ?? states.error,
    retry: () => void Promise.all([frame.refetch(), places.refetch(), states.refetch()]),
    statesAtMs: states.dataUpdatedAt,
  };
}

export function areStatesStale(statesAtMs: number, nowMs: number): boolean {
  return statesAtMs > 0 && nowMs - statesAtMs > staleAfterMs;
}
