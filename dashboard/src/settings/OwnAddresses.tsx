import { userAddressesSchema } from '@carebell/contracts/notifications.ts';
import type { UserAddresses } from '@carebell/contracts/notifications.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { AddressesForm } from './AddressesForm.tsx';

const path = '/users/me/addresses';
const queryKey = ['own-addresses'];

/** Where this person is told of alarms when no screen is before them. Unlike the other wishes, the hub keeps these. */
export function OwnAddresses() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () => resultOrThrow(api.call<UserAddresses>('GET', path, userAddressesSchema)),
  });
  return (
    <section className="own-addresses" data-testid="own-addresses">
      <h2>{t('ownAddresses.title')}</h2>
      <p className="dim">{t('ownAddresses.hint')}</p>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <PageLoading />}
      {data !== undefined && (
        <AddressesForm
          addresses={data.addresses}
          send={async (addresses) => {
            const answer = await api.call<UserAddresses>('PATCH', path, userAddressesSchema, { addresses });
            if (!answer.ok) return answer.problem;
            queries.setQueryData(queryKey, answer.result);
            return undefined;
          }}
        />
      )}
    </section>
  );
}
