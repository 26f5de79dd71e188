import {
  recoveryCodesSchema,
  secondFactorOfferSchema,
  secondFactorSchema,
} from '@carebell/contracts/second-factor.ts';
import type { RecoveryCodes, SecondFactor, SecondFactorOffer } from '@carebell/contracts/second-factor.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

const path = '/users/me/second-factor';
const queryKey = ['second-factor'];

/** Whether this person is asked for a code, and the steps by which that is changed. */
export function useSecondFactor() {
  const { api } = useWorkplace();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey,
    queryFn: () => resultOrThrow(api.call<SecondFactor>('GET', path, secondFactorSchema)),
  });
  return {
    ...query,
    begin: (body: { password: string }) =>
      api.call<SecondFactorOffer>('POST', path, secondFactorOfferSchema, body),
    confirm: (body: { code: string }) =>
      api.call<RecoveryCodes>('POST', `${path}/confirmation`, recoveryCodesSchema, body),
    async remove(body: { password: string; code: string }) {
      const answer = await api.call<SecondFactor>('POST', `${path}/removal`, secondFactorSchema, body);
      if (answer.ok) queries.setQueryData(queryKey, answer.result);
      return answer;
    },
  };
}
export type SecondFactorAccess = ReturnType<typeof useSecondFactor>;
