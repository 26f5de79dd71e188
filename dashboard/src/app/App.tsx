import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { changeLanguage } from 'i18next';
import { lazy, Suspense, useEffect, useState } from 'react';
import { BrowserRouter } from 'react-router';
import { SessionGate } from '../log-in/SessionGate.tsx';
import { HubProblem } from '../api/hub-problem.ts';
import { PageLoading } from './PageLoading.tsx';
import { useSettings } from './settings.ts';
import { useAntTheme } from './theme.ts';
import { useWorkplace } from './workplace.ts';

const Station = lazy(async () => ({ default: (await import('./Station.tsx')).Station }));

/** Where they cover the last rows, never the most urgent ones. */
const answersAtTheFoot = { top: 'calc(100dvh - 130px)', maxCount: 1 };

export function App() {
  const { settings, look } = useWorkplace();
  const { language } = useSettings(settings);
  const antTheme = useAntTheme(look);
  const [queries] = useState(makeQueries);

  useEffect(() => {
    document.documentElement.lang = language;
    void changeLanguage(language);
  }, [language]);

  return (
    <ConfigProvider
      theme={antTheme}
      locale={language === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <AntApp message={answersAtTheFoot}>
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <SessionGate>
              <Suspense fallback={<PageLoading />}>
                <Station />
              </Suspense>
            </SessionGate>
          </BrowserRouter>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

function makeQueries(): QueryClient {
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof HubProblem && error.problem.status === 401)
          queries.setQueryData(['session'], null);
      },
    }),
    defaultOptions: {
      // Whether the hub can be reached is found out by asking it; the browser knows only of its own cable.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        refetchOnWindowFocus: false,
        retry: (failures, error) =>
          failures < 3 && !(error instanceof HubProblem && isFinal(error.problem.status)),
      },
    },
  });
  return queries;
}

/** Asking again changes nothing for these; a hub that is unreachable or overloaded is asked again. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 429;
}
