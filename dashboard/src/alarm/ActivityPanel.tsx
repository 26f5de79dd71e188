import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { HubProblem, resultOrThrow } from '../api/hub-problem.ts';
import { useProblemText } from '../app/problem-text.ts';
import { dayAndTime } from '../app/instants.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useEventText } from '../devices/event-text.ts';
import { useSession } from '../log-in/session.ts';

const shownAtMost = 8;
/** While help is on its way, a door that opens or a further press is news. */
const refreshEveryMs = 5_000;

/** What the device said last: whether there is still life behind the door. */
export function ActivityPanel({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { session, may } = useSession();
  const problemText = useProblemText();
  const eventText = useEventText();
  const isAllowed = may('device.read');
  const { data, error } = useQuery({
    queryKey: ['activity', deviceId],
    queryFn: () => resultOrThrow(api.deviceEvents(deviceId)),
    refetchInterval: refreshEveryMs,
    enabled: isAllowed,
  });
  if (!isAllowed) return null;
  return (
    <>
      <h3>{t('casePage.activity')}</h3>
      {error instanceof HubProblem && (
        <p className="dim">
          {error.problem.status === 404 ? t('casePage.activityElsewhere') : problemText(error.problem)}
        </p>
      )}
      {data?.items.length === 0 && <p className="dim">{t('casePage.noActivity')}</p>}
      <ol className="activity" data-testid="device-activity">
        {data?.items.slice(0, shownAtMost).map((event) => (
          <li key={event.seq}>
            <time dateTime={event.at}>{dayAndTime(event.at, session.hub.timeZone)}</time>
            <span>
              {eventText(event)} {event.reason}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
