import type { Device } from '@carebell/contracts/registry.ts';
import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dayAndTime } from '../app/instants.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';

/** While an installer presses the button beside the screen, its event must come up by itself. */
const refreshEveryMs = 3_000;

/** What a device has said, newest first. */
export function DeviceEvents({ device, onDone }: { device: Device; onDone: () => void }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { session } = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: ['events', device.id],
    queryFn: () => resultOrThrow(api.deviceEvents(device.id)),
    refetchInterval: refreshEveryMs,
  });
  return (
    <Drawer
      open
      size="large"
      onClose={onDone}
      title={`${t('devices.events')} · ${device.name === '' ? device.id : device.name}`}
    >
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <PageLoading />}
      {data?.items.length === 0 && <p className="list-empty">{t('devices.noEvents')}</p>}
      <ol className="events">
        {data?.items.map((event) => (
          <li key={event.seq} data-type={event.type}>
            <time>{dayAndTime(event.receivedAt, session.hub.timeZone)}</time>
            <strong>
              {t(`eventType.${event.type}`)} {event.kind}
              {event.kind !== null && !event.isKindKnown && ` (${t('devices.unknownKind')})`}
            </strong>
            {event.reason !== null && <span className="warning">{event.reason}</span>}
            <code>{JSON.stringify(event.body)}</code>
          </li>
        ))}
      </ol>
    </Drawer>
  );
}
