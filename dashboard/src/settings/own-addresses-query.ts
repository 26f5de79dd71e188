import { channelTestResultSchema } from '@carebell/contracts/channels.ts';
import { pushKeySchema, userAddressesSchema } from '@carebell/contracts/user-addresses.ts';
import type { PushKey, UserAddresses, UserAddressesPatch } from '@carebell/contracts/user-addresses.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { HubRefusal } from '../api/hub-api.ts';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

const path = '/users/me/addresses';
const queryKey = ['own-addresses'];
/** The other end may take its time. */
const testWithinMs = 30_000;

/** Where, in which language and of what this person is told, as the hub keeps it. */
export function useOwnAddresses() {
  const { api } = useWorkplace();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey,
    queryFn: () => resultOrThrow(api.call<UserAddresses>('GET', path, userAddressesSchema)),
  });
  return {
    ...query,
    async change(change: UserAddressesPatch): Promise<HubRefusal | undefined> {
      const answer = await api.call<UserAddresses>('PATCH', path, userAddressesSchema, change);
      if (!answer.ok) return answer.problem;
      queries.setQueryData(queryKey, answer.result);
      return undefined;
    },
    test: (address: UserAddresses['addresses'][number]) =>
      api.call<z.infer<typeof channelTestResultSchema>>(
        'POST',
        `${path}/test`,
        channelTestResultSchema,
        address,
        testWithinMs,
      ),
  };
}
export type OwnAddressAccess = ReturnType<typeof useOwnAddresses>;

export function usePushKey() {
  const { api } = useWorkplace();
  return useQuery({
    queryKey: ['push-key'],
    queryFn: () => resultOrThrow(api.call<PushKey>('GET', '/users/me/push-key', pushKeySchema)),
  });
}
