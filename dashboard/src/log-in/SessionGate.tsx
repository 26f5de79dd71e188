import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { sessionQuery } from './session-query.ts';
import { SessionContext } from './session.ts';
import type { SessionDesk } from './session.ts';

const LogInPage = lazy(async () => ({ default: (await import('./LogInPage.tsx')).LogInPage }));

const SetUpFirst = lazy(async () => {
  const [{ addRegistryTexts }, { SetUpFirst: loaded }] = await Promise.all([
    import('../i18n/registry-texts.ts'),
    import('./SetUpFirst.tsx'),
  ]);
  addRegistryTexts();
  return { default: loaded };
});

/** Nobody need press a button when the hub is back. */
const askAgainMs = 5_000;

/** Shows the log-in until the hub knows who sits here, then its children. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { api, sound, settings } = useWorkplace();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [isExpired, setExpired] = useState(false);
  const { data, error, refetch } = useQuery({
    ...sessionQuery(api, settings),
    refetchInterval: (query) => (query.state.status === 'error' ? askAgainMs : false),
  });

  const leave = useCallback(() => {
    message.destroy();
    sound.rest();
    queries.clear();
    queries.setQueryData(['session'], null);
  }, [queries, sound, message]);
  const desk = useMemo((): SessionDesk | undefined => {
    if (data === undefined || data === null) return undefined;
    return {
      session: data,
      may: (action) => data.actions.includes(action),
      logOut: async () => {
        await api.logOut();
        leave();
      },
      expire: () => {
        setExpired(true);
        leave();
      },
    };
  }, [data, api, leave]);

  if (desk !== undefined) {
    return (
      <SessionContext value={desk}>
        {desk.session.mustSetUpSecondFactor === true ? (
          <Suspense fallback={<PageLoading text={t('logIn.checkingSession')} />}>
            <SetUpFirst onDone={() => void refetch()} />
          </Suspense>
        ) : (
          children
        )}
      </SessionContext>
    );
  }
  if (error !== null) {
    return (
      <div className="page-centre">
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (data === undefined) return <PageLoading text={t('logIn.checkingSession')} />;
  return (
    <Suspense fallback={<PageLoading text={t('logIn.checkingSession')} />}>
      <LogInPage
        isExpired={isExpired}
        onLoggedIn={(session) => {
          setExpired(false);
          settings.openFor(session.user.id);
          const { startPage } = settings.get();
          if (pathname === '/' && startPage !== '/') void navigate(startPage, { replace: true });
          queries.setQueryData(['session'], session);
        }}
      />
    </Suspense>
  );
}
