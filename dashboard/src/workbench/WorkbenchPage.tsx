import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { LineCard } from '../commissioning/CommissioningsPage.tsx';
import { useCommissionings } from '../commissioning/commissioning-query.ts';
import { useSession } from '../log-in/session.ts';
import { RunningTest } from '../test-mode/TestModePage.tsx';
import { useRunningTests } from '../test-mode/test-mode-query.ts';
import '../app/lists.css';
import '../test-mode/test-mode.css';
import '../commissioning/commissioning.css';
import './workbench.css';

const actions = [
  ['scan', '/scan', '▦'],
  ['register', '/workbench/register', '＋'],
  ['adopt', '/unknown-devices', '◎'],
  ['commission', '/commissionings', '✓'],
  ['test', '/test-modes', '▤'],
  ['maintenance', '/maintenance', '⚙'],
  ['virtual', '/virtual-devices', '◇'],
] as const;

/** Where whoever installs begins the day: what they do most, in one touch, and what they have not finished. */
export function WorkbenchPage() {
  const { t } = useTranslation();
  const { session } = useSession();
  const mine = useCommissionings({ state: 'open', mine: 'true', limit: '20' });
  const tests = useRunningTests();
  return (
    <main className="list-page workbench" data-testid="workbench">
      <header>
        <h1>
          {t('workbench.title')} <small>{session.user.organisationName}</small>
        </h1>
      </header>
      <nav className="workbench-actions" aria-label={t('workbench.title')}>
        {actions.map(([name, path, sign]) => (
          <Link key={name} to={path} className="workbench-action">
            <span aria-hidden="true">{sign}</span>
            <strong>{t(`workbench.${name}`)}</strong>
            <small>{t(`workbench.${name}Hint`)}</small>
          </Link>
        ))}
      </nav>
      <section>
        <h2>{t('workbench.mine')}</h2>
        {mine.error !== null && <ProblemNotice error={mine.error} onRetry={() => void mine.refetch()} />}
        {mine.data?.items.length === 0 && <p className="dim">{t('workbench.noneOpen')}</p>}
        <ul className="check-cards">
          {mine.data?.items.map((line) => (
            <LineCard key={line.id} line={line} />
          ))}
        </ul>
      </section>
      <section>
        <h2>{t('workbench.running')}</h2>
        {tests.data?.items.length === 0 && <p className="dim">{t('workbench.noneRunning')}</p>}
        <ul className="test-cards">
          {tests.data?.items.map((test) => (
            <RunningTest key={test.id} test={test} />
          ))}
        </ul>
      </section>
      <nav className="big-buttons" aria-label={t('workbench.devices')}>
        <Link className="big-button" to="/devices">
          {t('workbench.devices')}
        </Link>
        <Link className="big-button" to="/dwellings">
          {t('workbench.dwellings')}
        </Link>
      </nav>
    </main>
  );
}
