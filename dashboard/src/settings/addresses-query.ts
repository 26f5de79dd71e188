import { channelTestResultSchema } from '@carebell/contracts/channels.ts';
import { pushKeySchema, userAddressesSchema } from '@carebell/contracts/user-addresses.ts';
import type { PushKey, UserAddresses, UserAddressesPatch } from '@carebell/contracts/user-addresses.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { HubRefusal } from '../api/hub-api.ts';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

/** The other end may take its time. */
const testWithinMs = 30_000;

/** Where, in which language and of what somebody is told, as the hub keeps it; `me` is who looks. */
export function useAddresses(userId: 'me' | (string & {})) {
  const path = `/users/${encodeURIComponent(userId)}/addresses`;
  const queryKey = ['addresses', userId];
  const { api } = useWorkplace();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey,
    queryFn: () => resultOrThrow(api.call<UserAddresses>('GET', path, userAddressesSchema)),
  });
  return {
    ...query,
    async change(change: UserAddressesPatch): Promise<HubRefusal | undefined> {
      // Somebody else may have changed it since it was read: then it is shown as it is now.
      const version = query.data?.version;
      const answer = await api.call<UserAddresses>('PATCH', path, userAddressesSchema, {
        ...change,
        version,
      });
      if (!answer.ok) {
        if (answer.problem.code === 'changed-meanwhile') await query.refetch();
        return answer.problem;
      }
      queries.setQueryData(queryKey, answer.result);
      return undefined;
    },
    test: (address: UserAddresses['addresses'][number]) =>
      api.call<z.infer<typeof channelTestResultSchema>>(
        'POST',
        '/users/me/addresses/test',
        channelTestResultSchema,
        address,
        testWithinMs,
      ),
  };
}
export type AddressAccess = ReturnType<typeof useAddresses>;

export function usePushKey() {
  const { api } = useWorkplace();
  return useQuery({
    queryKey: ['push-key'],
    queryFn: () => resultOrThrow(api.call<PushKey>('GET', '/users/me/push-key', pushKeySchema)),
  });
}
