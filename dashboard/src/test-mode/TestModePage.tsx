import { pageOf } from '@carebell/contracts/http-api.ts';
import { testMinutes, testModeSchema } from '@carebell/contracts/test-mode.ts';
import type { TestMode } from '@carebell/contracts/test-mode.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dayAndTime } from '../app/instants.ts';
import { ListPage } from '../app/ListPage.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import '../registry-forms/registry.css';
import { TestModeForm } from './TestModeForm.tsx';
import { testModesKey, useRunningTests, useTestModeSteps } from './test-mode-query.ts';
import './test-mode.css';

const testModePage = pageOf(testModeSchema);

/** What is under test, what was, and how to begin another. */
export function TestModePage() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { may } = useSession();
  const { data, error, refetch } = useRunningTests();
  const over = useQuery({
    queryKey: [...testModesKey, 'ended', data?.items.length],
    queryFn: () => resultOrThrow(api.call('GET', '/test-modes?state=ended&limit=10', testModePage)),
  }).data?.items;
  return (
    <div className="list-frame">
      <SectionTabs section="devices" />
      <ListPage
        title={t('testMode.title')}
        hint={t('testMode.hint')}
        error={error}
        onRetry={() => void refetch()}
        count={data?.items.length}
        empty={t('testMode.empty')}
      >
        <ul className="test-cards" data-testid="test-modes">
          {data?.items.map((test) => (
            <RunningTest key={test.id} test={test} />
          ))}
        </ul>
      </ListPage>
      <section className="list-page">
        {may('test-mode.write') && <TestModeForm />}
        {over !== undefined && over.length > 0 && (
          <>
            <h2>{t('testMode.over')}</h2>
            <ul className="test-cards">
              {over.map((test) => (
                <EndedTest key={test.id} test={test} />
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

export function RunningTest({ test }: { test: TestMode }) {
  const { t } = useTranslation();
  const { session, may } = useSession();
  const steps = useTestModeSteps();
  const now = useNow() + useFeedLink().clockOffsetMs;
  const leftMinutes = Math.max(0, Math.ceil((Date.parse(test.endsAt) - now) / 60_000));
  const longer = Math.min(testMinutes.atMost, leftMinutes + 30);
  const time = (at: string) => dayAndTime(at, session.hub.timeZone).slice(0, 11);
  return (
    <li className="test-card" data-testid={`test-${test.id}`}>
      <h3>
        {t(`testMode.${test.of}`)} · {test.name}
      </h3>
      <p>
        <strong>{t('testMode.until', { time: time(test.endsAt) })}</strong>
        <br />
        <span className="dim">
          {test.stationName} ·{' '}
          {t('testMode.by', { user: test.startedBy.displayName, time: time(test.startedAt) })}
          {test.reason !== '' && ` · ${test.reason}`}
        </span>
      </p>
      {test.commissioningId !== null && (
        <Link className="big-button" to={`/commissionings/${test.commissioningId}`}>
          {t('testMode.forCommissioning')} ›
        </Link>
      )}
      {may('test-mode.write') && (
        <div className="big-buttons">
          <button type="button" className="big-button" onClick={() => void steps.prolong(test.id, longer)}>
            {t('testMode.prolong')}
          </button>
          <button
            type="button"
            className="big-button"
            data-testid="test-end"
            onClick={() => void steps.end(test.id)}
          >
            {t('testMode.end')}
          </button>
        </div>
      )}
    </li>
  );
}

function EndedTest({ test }: { test: TestMode }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const time = dayAndTime(test.endedAt ?? test.endsAt, session.hub.timeZone);
  const user = test.endedBy?.displayName;
  return (
    <li className="test-card" data-over="true">
      <p>
        {t(`testMode.${test.of}`)} · {test.name}
        <br />
        <span className="dim">
          {user === undefined ? t('testMode.endedByItself', { time }) : t('testMode.endedBy', { time, user })}
        </span>
      </p>
    </li>
  );
}
