import { dutyWeekSchema } from '@carebell/contracts/duty.ts';
import type { DutyShift, DutyWeek, NewDutyShift } from '@carebell/contracts/duty.ts';
import { dutySchema } from '@carebell/contracts/escalation.ts';
import type { Duty } from '@carebell/contracts/escalation.ts';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

const anything = z.unknown();
/** Shifts begin and end on the minute. */
const refreshEveryMs = 30_000;

export type ShiftChange = Partial<Omit<DutyShift, 'id'>>;

/** The rota of one organisation in one week, who is on duty now, and how both are changed. */
export function useDuty(organisationId: string, firstDay: string | undefined) {
  const { api } = useWorkplace();
  const queries = useQueryClient();
  const path = `/organisations/${encodeURIComponent(organisationId)}/duty`;
  const week = useQuery({
    queryKey: ['duty', organisationId, 'week', firstDay],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const query = firstDay === undefined ? '' : `?from=${firstDay}`;
      return resultOrThrow(api.call<DutyWeek>('GET', `${path}/week${query}`, dutyWeekSchema));
    },
  });
  const now = useQuery({
    queryKey: ['duty', organisationId, 'now'],
    refetchInterval: refreshEveryMs,
    queryFn: () => resultOrThrow(api.call<Duty>('GET', path, dutySchema)),
  });
  async function call(method: 'POST' | 'PATCH' | 'DELETE' | 'PUT', at: string, body?: object) {
    const answer = await api.call(method, `${path}${at}`, anything, body);
    await queries.invalidateQueries({ queryKey: ['duty', organisationId] });
    return answer.ok ? undefined : answer.problem;
  }
  const shiftPath = (id: string) => `/shifts/${encodeURIComponent(id)}`;
  return {
    week,
    now,
    enter: (shift: NewDutyShift) => call('POST', '/shifts', shift),
    change: (id: string, change: ShiftChange) => call('PATCH', shiftPath(id), change),
    remove: (id: string) => call('DELETE', shiftPath(id)),
    put: (userIds: readonly string[], until: string | null) => call('PUT', '', { userIds, until }),
  };
}
export type DutyAccess = ReturnType<typeof useDuty>;
