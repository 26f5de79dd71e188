import { testMinutes } from '@carebell/contracts/test-mode.ts';
import type { TestScope } from '@carebell/contracts/test-mode.ts';
import { useTranslation } from 'react-i18next';
import { useSession } from '../log-in/session.ts';
import { RunningTest } from './TestModePage.tsx';
import { useRunningTests, useTestModeSteps } from './test-mode-query.ts';
import './test-mode.css';

/** On the page of a device or dwelling: what tests it now, or a button that begins one. */
export function TestModeSwitch({ of, id }: { of: Exclude<TestScope, 'station'>; id: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const steps = useTestModeSteps();
  const { data } = useRunningTests(of === 'device' ? { deviceId: id } : { dwellingId: id });
  if (data === undefined) return null;
  if (data.items.length > 0) {
    return (
      <ul className="test-cards" data-testid="test-here">
        {data.items.map((test) => (
          <RunningTest key={test.id} test={test} />
        ))}
      </ul>
    );
  }
  if (!may('test-mode.write')) return null;
  return (
    <button
      type="button"
      className="big-button"
      data-testid="test-begin"
      onClick={() => void steps.begin({ of, id })}
    >
      {t('testMode.beginHere')} · {t('testMode.minutes', { n: testMinutes.default })}
    </button>
  );
}
