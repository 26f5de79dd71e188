import type { Person } from '@carebell/contracts/alarm-view.ts';
import { dutySchema } from '@carebell/contracts/escalation.ts';
import type { Duty } from '@carebell/contracts/escalation.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { userSchema } from '@carebell/contracts/registry.ts';
import type { User } from '@carebell/contracts/registry.ts';
import { useQuery } from '@tanstack/react-query';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';

const usersSchema = pageOf(userSchema);
/** Roles that answer no alarms. */
const lookOn: ReadonlySet<string> = new Set(['responder', 'installer', 'auditor']);

/** Who could take alarms over: for who manages users all of them that answer, for others who is on duty with them. */
export function useColleagues() {
  const { api } = useWorkplace();
  const { session, may } = useSession();
  const mayReadUsers = may('user.read');
  const { organisationId } = session.user;
  return useQuery({
    queryKey: ['colleagues', mayReadUsers, organisationId],
    queryFn: async (): Promise<Person[]> => {
      if (mayReadUsers) {
        const { items } = await resultOrThrow(
          api.call<{ items: User[]; cursor: string | null }>('GET', '/users?limit=500', usersSchema),
        );
        return items.filter(({ isActive, role }) => isActive && !lookOn.has(role));
      }
      const path = `/organisations/${encodeURIComponent(organisationId)}/duty`;
      return (await resultOrThrow(api.call<Duty>('GET', path, dutySchema))).people;
    },
  });
}
