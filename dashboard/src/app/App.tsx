import { QueryClientProvider } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense, useEffect } from 'react';
import type { ComponentType } from 'react';
import { BrowserRouter } from 'react-router';
import { switchLanguage } from '../i18n/language.ts';
import { SessionGate } from '../log-in/SessionGate.tsx';
import { PageLoading } from './PageLoading.tsx';
import { useSettings } from './settings.ts';
import { useAntTheme } from './theme.ts';
import { useWorkplace } from './workplace.ts';

const LaterStation = lazy(async () => ({ default: (await import('./Station.tsx')).Station }));

/** Where they cover the last rows, never the most urgent ones. */
const answersAtTheFoot = { top: 'calc(100dvh - 130px)', maxCount: 1 };

type Props = {
  queries: QueryClient;
  /** The station's pages, if they have come before the first painting. */
  Station: ComponentType | undefined;
};

export function App({ queries, Station = LaterStation }: Props) {
  const { settings, look } = useWorkplace();
  const { language } = useSettings(settings);
  const antTheme = useAntTheme(look);

  useEffect(() => {
    document.documentElement.lang = language;
    void switchLanguage(language, (spoken) => settings.change({ language: spoken }));
  }, [language, settings]);

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
