import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { clockTime } from '../app/instants.ts';
import { useSession } from '../log-in/session.ts';
import { useRunningTests } from './test-mode-query.ts';

/** On every page: what is under test and until when, the next to end first. Nothing while nothing is. */
export function TestModeBand() {
  const { t } = useTranslation();
  const { session } = useSession();
  const { data } = useRunningTests();
  const [first, ...others] = data?.items ?? [];
  if (!first) return null;
  return (
    <Link to="/test-modes" className="test-band" data-testid="test-band">
      <b>测试模式 TEST MODE</b>
      <span>
        {first.name} ·{' '}
        {t('testBand.until', { time: clockTime(first.endsAt, session.hub.timeZone).slice(0, 5) })}
        {others.length > 0 && ` · ${t('testBand.more', { n: others.length })}`}
      </span>
    </Link>
  );
}
