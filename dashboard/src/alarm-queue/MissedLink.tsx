import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { useSession } from '../log-in/session.ts';

/** For supervisors: how many open alarms missed a deadline, and the way to them. */
export function MissedLink({ alarms }: { alarms: ReadonlyMap<string, ShownAlarm> }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const n = [...alarms.values()].filter(({ escalation }) => (escalation?.missed.length ?? 0) > 0).length;
  if (n === 0 || !may('alarm.close-others')) return null;
  return (
    <Link className="missed-link" to="/overdue" data-testid="missed-link">
      ⚠ {t('wall.missedLink', { n })} ›
    </Link>
  );
}
