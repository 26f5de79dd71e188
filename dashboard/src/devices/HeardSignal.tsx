import { useQuery } from '@tanstack/react-query';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { signalIn } from './signal-in.ts';

const refreshEveryMs = 10_000;

/** What a device that nobody entered said last: its event and the signal of its code, to tell which button was pressed. */
export function HeardSignal({ deviceId }: { deviceId: string }) {
  const registry = useRegistryApi();
  const { data } = useQuery({
    queryKey: ['events', deviceId, 'last'],
    queryFn: () => registry.events({ deviceId, limit: '5' }),
    refetchInterval: refreshEveryMs,
  });
  const last = data?.items.find(({ type }) => type === 'event' || type === 'echo');
  if (last === undefined) return null;
  return (
    <code data-testid={`heard-${deviceId}`}>
      {last.kind} {signalIn(last.body)}
    </code>
  );
}
