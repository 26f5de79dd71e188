import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../app/instants.ts';
import { MorePages } from '../app/MorePages.tsx';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useSession } from '../log-in/session.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { useEventText } from './event-text.ts';

/** While an installer presses the button beside the screen, its event must come up by itself. */
const refreshEveryMs = 3_000;

/** What a device or gateway has said, the newest first. */
export function DeviceEvents({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const registry = useRegistryApi();
  const eventText = useEventText();
  const list = useInfiniteQuery({
    queryKey: ['events', deviceId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => registry.events({ deviceId, cursor: pageParam }),
    getNextPageParam: (page) => page.cursor ?? undefined,
    refetchInterval: refreshEveryMs,
  });
  const { data, error, refetch } = list;
  const events = data?.pages.flatMap((page) => page.items);
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (events === undefined) return <PageLoading />;
  if (events.length === 0) return <p className="list-empty">{t('devicePage.noEvents')}</p>;
  return (
    <>
      <ol className="events">
        {events.map((event) => (
          <li key={event.seq} data-type={event.type}>
            <time>{dayAndTime(event.receivedAt, session.hub.timeZone)}</time>
            <strong>
              {eventText(event)}
              {event.kind !== null && !event.isKindKnown && ` (${t('devicePage.unknownKind')})`}
            </strong>
            {event.reason !== null && <span className="warning">{event.reason}</span>}
            <code>{JSON.stringify(event.body)}</code>
          </li>
        ))}
      </ol>
      <MorePages of={list} />
    </>
  );
}
