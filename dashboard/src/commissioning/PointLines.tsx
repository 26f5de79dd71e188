import type { CommissioningPoint } from '@carebell/contracts/commissioning.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dateAndTime } from '../app/instants.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { useCommissioningSteps } from './commissioning-query.ts';

/** What was left open, with who does it until when. */
export function PointLines({
  points,
  mayFinish,
  isWithPlace = false,
}: {
  points: readonly CommissioningPoint[];
  mayFinish: boolean;
  isWithPlace?: boolean;
}) {
  const { t } = useTranslation();
  const { session, may } = useSession();
  const { pointDone } = useCommissioningSteps();
  const now = useNow() + useFeedLink().clockOffsetMs;
  const day = (at: string) => dateAndTime(at, session.hub.timeZone).slice(0, 10);
  return (
    <ul className="check-cards" data-testid="points">
      {points.map((point) => {
        const isOverdue = point.doneAt === null && Date.parse(point.dueAt) < now;
        return (
          <li key={point.id} className="check-card" data-state={point.doneAt === null ? 'skipped' : 'passed'}>
            <strong>
              {t(`commissioning.check.${point.check}`)} ·{' '}
              <Link to={`/devices/${encodeURIComponent(point.deviceId)}`}>
                {point.deviceName === '' ? point.deviceId : point.deviceName}
              </Link>
            </strong>
            {isWithPlace && <span>{point.address}</span>}
            <span>{point.reason}</span>
            <span className="dim">
              {t('commissioning.pointLine', { owner: point.owner, due: day(point.dueAt) })}
              {isOverdue && <strong className="point-overdue"> ⚠ {t('commissioning.overdue')}</strong>}
              {point.doneAt !== null &&
                ` · ✓ ${t('commissioning.pointDone')} ${day(point.doneAt)} ${point.doneBy?.displayName ?? ''}`}
            </span>
            {mayFinish && point.doneAt === null && may('device.write') && (
              <button
                type="button"
                className="big-button not-for-print"
                onClick={() => void pointDone(point.id)}
              >
                ✓ {t('commissioning.pointDone')}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
