import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRegistryApi } from './registry-api.ts';
import type { Item, Kind } from './registry-api.ts';

/** One record, and what to do when a form has changed it. */
export function useRecord<K extends Kind>(kind: K, id: string, refreshEveryMs?: number) {
  const registry = useRegistryApi();
  const queries = useQueryClient();
  const query = useQuery<Item<K>>({
    queryKey: [kind, id],
    queryFn: () => registry.one(kind, id),
    ...(refreshEveryMs === undefined ? {} : { refetchInterval: refreshEveryMs }),
  });
  return {
    ...query,
    changed(record: Item<K>) {
      queries.setQueryData([kind, id], record);
      void queries.invalidateQueries({ queryKey: [kind, 'list'] });
    },
  };
}

/** Lists of these kinds have changed. */
export function useRefresh(): (...kinds: Kind[]) => void {
  const queries = useQueryClient();
  return (...kinds) => {
    for (const kind of kinds) void queries.invalidateQueries({ queryKey: [kind, 'list'] });
    void queries.invalidateQueries({ queryKey: ['reference-choices'] });
  };
}
