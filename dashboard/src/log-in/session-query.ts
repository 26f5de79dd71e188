import type { Session } from '@carebell/contracts/http-api.ts';
import type { HubApi } from '../api/hub-api.ts';
import { HubProblem } from '../api/hub-problem.ts';
import type { SettingsStore } from '../app/settings.ts';

/** Who sits here; `null` for nobody. From then on the settings are that person's. */
export function sessionQuery(api: Pick<HubApi, 'session'>, settings: Pick<SettingsStore, 'openFor'>) {
  return {
    queryKey: ['session'],
    staleTime: Infinity,
    queryFn: async (): Promise<Session | null> => {
      const answer = await api.session();
      if (answer.ok) {
        settings.openFor(answer.result.user.id);
        return answer.result;
      }
      if (answer.problem.status === 401) return null;
      throw new HubProblem(answer.problem);
    },
  };
}
