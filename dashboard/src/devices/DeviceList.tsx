import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { DeviceLine } from './DeviceLine.tsx';

type Owner = { residentId: string } | { dwellingId: string } | { gatewayId: string };

const refreshEveryMs = 30_000;

/** The devices of one resident, dwelling or gateway. */
export function DeviceList({ owner, empty, tools }: { owner: Owner; empty: string; tools?: ReactNode }) {
  const registry = useRegistryApi();
  const { data, error, refetch } = useQuery({
    queryKey: ['devices', 'list', 'of', owner],
    queryFn: () => registry.list('devices', { ...owner, limit: '500' }),
    refetchInterval: refreshEveryMs,
  });
  return (
    <>
      {tools !== undefined && tools !== false && <p>{tools}</p>}
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <PageLoading />}
      {data?.items.length === 0 && <p className="list-empty">{empty}</p>}
      {data !== undefined && data.items.length > 0 && (
        <ul className="record-lines">
          {data.items.map((device) => (
            <li key={device.id}>
              <DeviceLine device={device} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
