import { absenceListSchema, absenceSchema } from '@carebell/contracts/absence.ts';
import type { Absence, NewAbsence } from '@carebell/contracts/absence.ts';
import { absencePageSchema } from '@carebell/contracts/absence-list.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answer } from '../api/hub-api.ts';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

/** Others enter absences too; a list on a wall is never older than this. */
const refreshEveryMs = 15_000;

/** A resident's absences: the running one, those to come, and the past ones. */
export function useAbsencesOf(residentId: string) {
  const { api } = useWorkplace();
  return useQuery({
    queryKey: ['absences', 'of', residentId],
    queryFn: () =>
      resultOrThrow(
        api.call('GET', `/residents/${encodeURIComponent(residentId)}/absences`, absenceListSchema),
      ),
    refetchInterval: refreshEveryMs,
  });
}

/** Everybody in this person's part of the organisation who is absent now, whoever is back first standing first. */
export function useAbsentResidents(isEnabled: boolean) {
  const { api } = useWorkplace();
  return useQuery({
    queryKey: ['absences', 'running'],
    queryFn: () => resultOrThrow(api.call('GET', '/absences?limit=500', absencePageSchema)),
    refetchInterval: refreshEveryMs,
    enabled: isEnabled,
  });
}

export type AbsenceCalls = {
  set(residentId: string, body: NewAbsence): Promise<Answer<Absence>>;
  change(absence: Absence, body: { until?: string; note?: string }): Promise<Answer<Absence>>;
  end(absence: Absence): Promise<Answer<Absence>>;
};

export function useAbsenceCalls(): AbsenceCalls {
  const { api } = useWorkplace();
  const queries = useQueryClient();
  async function send(method: 'POST' | 'PATCH', path: string, body?: object): Promise<Answer<Absence>> {
    const answer = await api.call(method, path, absenceSchema, body);
    await queries.invalidateQueries({ queryKey: ['absences'] });
    return answer;
  }
  return {
    set: (residentId, body) => send('POST', `/residents/${encodeURIComponent(residentId)}/absences`, body),
    change: ({ id, version }, body) => send('PATCH', `/absences/${id}`, { ...body, version }),
    end: ({ id }) => send('POST', `/absences/${id}/end`),
  };
}
