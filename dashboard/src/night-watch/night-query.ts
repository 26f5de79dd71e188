import { nightCourseSchema, nightSchema } from '@carebell/contracts/night.ts';
import type { Night, NightCourse } from '@carebell/contracts/night.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useAlarmBook } from '../live-feed/feed-context.ts';

const stateEveryMs = 4_000;
/** The course changes by what the state has shown already. */
const courseEveryMs = 60_000;

/** Where everybody is: asked for again and again, and at once when an alarm comes or goes. */
export function useNight(stationId: string) {
  const { api } = useWorkplace();
  const { alarms } = useAlarmBook();
  const query = useQuery({
    queryKey: ['night', stationId],
    refetchInterval: stateEveryMs,
    queryFn: () =>
      resultOrThrow<Night>(
        api.call('GET', `/organisations/${encodeURIComponent(stationId)}/night`, nightSchema),
      ),
  });
  const { refetch } = query;
  const seen = useRef(alarms);
  useEffect(() => {
    if (seen.current === alarms) return;
    seen.current = alarms;
    void refetch();
  }, [alarms, refetch]);
  return query;
}

export function useNightCourse(stationId: string, isAllowed: boolean) {
  const { api } = useWorkplace();
  return useQuery({
    queryKey: ['night-course', stationId],
    enabled: isAllowed,
    refetchInterval: courseEveryMs,
    queryFn: () =>
      resultOrThrow<NightCourse>(
        api.call('GET', `/organisations/${encodeURIComponent(stationId)}/night/course`, nightCourseSchema),
      ),
  });
}
