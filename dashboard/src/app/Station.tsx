import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { AlarmDeskProvider } from '../alarm/AlarmDeskProvider.tsx';
import { AlarmQueuePage } from '../alarm-queue/AlarmQueuePage.tsx';
import { NotificationFollower } from '../alarm-sound/NotificationFollower.tsx';
import { SpeechFollower } from '../alarm-sound/SpeechFollower.tsx';
import { SoundFollower } from '../alarm-sound/SoundFollower.tsx';
import { FeedBanner } from '../live-feed/FeedBanner.tsx';
import { useIsTrusted } from '../live-feed/feed-context.ts';
import { LiveFeedProvider } from '../live-feed/LiveFeedProvider.tsx';
import { useSession } from '../log-in/session.ts';
import { PushFollower } from '../settings/PushFollower.tsx';
import { AttentionTitle } from './AttentionTitle.tsx';
import { PageBoundary } from './PageBoundary.tsx';
import { PageLoading } from './PageLoading.tsx';
import { TopBar } from './TopBar.tsx';

const AlarmPage = lazy(async () => ({ default: (await import('../alarm/AlarmPage.tsx')).AlarmPage }));
const RegistryRoutes = lazy(async () => {
  const [{ addRegistryTexts }, { RegistryRoutes: loaded }] = await Promise.all([
    import('../i18n/registry-texts.ts'),
    import('../registry-forms/RegistryRoutes.tsx'),
  ]);
  addRegistryTexts();
  return { default: loaded };
});
const RefusalsPage = lazy(async () => {
  const [{ addRegistryTexts }, { RefusalsPage: loaded }] = await Promise.all([
    import('../i18n/registry-texts.ts'),
    import('../refusals/RefusalsPage.tsx'),
  ]);
  addRegistryTexts();
  return { default: loaded };
});

/** A band that cannot be loaded must not take the wall with it: each alarm carries its own mark. */
const TestModeBand = lazy(() =>
  import('../test-mode/TestModeBand.tsx').then(
    ({ TestModeBand: loaded }) => ({ default: loaded }),
    () => ({ default: () => null }),
  ),
);
const WallScreenPage = lazy(async () => ({
  default: (await import('../wall-screen/WallScreenPage.tsx')).WallScreenPage,
}));
const BigScreenPage = lazy(async () => {
  const [{ addRegistryTexts }, { BigScreenPage: loaded }] = await Promise.all([
    import('../i18n/registry-texts.ts'),
    import('../big-screen/BigScreenPage.tsx'),
  ]);
  addRegistryTexts();
  return { default: loaded };
});
const HandOverPage = lazy(async () => {
  const [{ addRegistryTexts }, { HandOverPage: loaded }] = await Promise.all([
    import('../i18n/registry-texts.ts'),
    import('../hand-over/HandOverPage.tsx'),
  ]);
  addRegistryTexts();
  return { default: loaded };
});
const SettingsPage = lazy(async () => {
  const [{ addRegistryTexts }, { SettingsPage: loaded }] = await Promise.all([
    import('../i18n/registry-texts.ts'),
    import('../settings/SettingsPage.tsx'),
  ]);
  addRegistryTexts();
  return { default: loaded };
});

const wallScreenPath = '/wall-screen';
const bigScreenPath = '/big-screen';

/** Everything behind the log-in: the feed, the sound and the bar stay while the pages change. */
export function Station() {
  const { may, session } = useSession();
  const { pathname } = useLocation();
  const firstPage = may('device.write') ? '/workbench' : '/numbers';
  const isWallScreen = pathname === wallScreenPath || pathname === bigScreenPath;
  return (
    <LiveFeedProvider key={session.user.id}>
      <AlarmDeskProvider>
        <StationFrame>
          {!isWallScreen && <TopBar />}
          {may('alarm.watch') && (
            <>
              <SoundFollower />
              <SpeechFollower />
              <NotificationFollower />
              <PushFollower />
              <FeedBanner />
              <AttentionTitle />
            </>
          )}
          {may('test-mode.read') && (
            <Suspense fallback={null}>
              <TestModeBand />
            </Suspense>
          )}
          <PageBoundary at={pathname}>
            <Suspense fallback={<PageLoading />}>
              <Routes>
                <Route
                  path="/"
                  element={may('alarm.watch') ? <AlarmQueuePage /> : <Navigate to={firstPage} replace />}
                />
                <Route
                  path={wallScreenPath}
                  element={may('alarm.watch') ? <WallScreenPage /> : <NotAllowed />}
                />
                <Route
                  path={bigScreenPath}
                  element={may('alarm.watch') && may('report.read') ? <BigScreenPage /> : <NotAllowed />}
                />
                <Route path="/hand-over" element={may('alarm.watch') ? <HandOverPage /> : <NotAllowed />} />
                <Route path="/settings" element={<SettingsPage />} />
                <Route path="/alarms/:alarmId" element={may('alarm.read') ? <AlarmPage /> : <NotAllowed />} />
                <Route path="/refusals" element={<RefusalsPage />} />
                <Route path="*" element={<RegistryRoutes />} />
              </Routes>
            </Suspense>
          </PageBoundary>
        </StationFrame>
      </AlarmDeskProvider>
    </LiveFeedProvider>
  );
}

/** Greys every page while the hub is not heard. */
function StationFrame({ children }: { children: ReactNode }) {
  const isTrusted = useIsTrusted();
  const { may } = useSession();
  return (
    <div className="station" data-trusted={isTrusted || !may('alarm.watch')}>
      {children}
    </div>
  );
}

function NotAllowed() {
  const { t } = useTranslation();
  return (
    <main className="page-centre">
      <p className="problem" role="alert">
        {t('queue.noRight')}
      </p>
    </main>
  );
}
