import { unknownPageSchema } from '@carebell/contracts/unknown-devices.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

/** Who has just pressed looks at the screen: it is asked every second while it is looked at. */
const refreshEveryMs = 1_000;
const shownAtMost = '256';

export type UnknownWish = { dismissed?: 'true' | 'false'; gatewayId?: string };

export function useUnknown(wish: UnknownWish) {
  const { api } = useWorkplace();
  const query = new URLSearchParams({ limit: shownAtMost, ...wish }).toString();
  return useQuery({
    queryKey: ['unknown-devices', query],
    queryFn: () => resultOrThrow(api.call('GET', `/unknown-devices?${query}`, unknownPageSchema)),
    refetchInterval: refreshEveryMs,
    placeholderData: (previous) => previous,
  });
}

export function useUnknownRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['unknown-devices'] });
}

export function adoptPath({ gatewayId, code }: { gatewayId: string; code: string }): string {
  return `/unknown-devices/${encodeURIComponent(gatewayId)}/${encodeURIComponent(code)}`;
}
