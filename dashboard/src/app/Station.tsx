import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { AlarmDeskProvider } from '../alarm/AlarmDeskProvider.tsx';
import { AlarmQueuePage } from '../alarm-queue/AlarmQueuePage.tsx';
import { SoundFollower } from '../alarm-sound/SoundFollower.tsx';
import { FeedBanner } from '../live-feed/FeedBanner.tsx';
import { LiveFeedProvider } from '../live-feed/LiveFeedProvider.tsx';
import { useSession } from '../log-in/session.ts';
import { AttentionTitle } from './AttentionTitle.tsx';
import { PageLoading } from './PageLoading.tsx';
import { TopBar } from './TopBar.tsx';

const AlarmPage = lazy(async () => ({ default: (await import('../alarm/AlarmPage.tsx')).AlarmPage }));
const ResidentsPage = lazy(async () => ({
  default: (await import('../residents/ResidentsPage.tsx')).ResidentsPage,
}));
const DevicesPage = lazy(async () => ({ default: (await import('../devices/DevicesPage.tsx')).DevicesPage }));
const RefusalsPage = lazy(async () => ({
  default: (await import('../refusals/RefusalsPage.tsx')).RefusalsPage,
}));

/** Everything behind the log-in: the feed, the sound and the bar stay while the pages change. */
export function Station() {
  const { may, session } = useSession();
  return (
    <LiveFeedProvider key={session.user.id}>
      <AlarmDeskProvider>
        <div className="station">
          <TopBar />
          {may('alarm.read') && (
            <>
              <SoundFollower />
              <FeedBanner />
              <AttentionTitle />
            </>
          )}
          <Suspense fallback={<PageLoading />}>
            <Routes>
              <Route
                path="/"
                element={may('alarm.read') ? <AlarmQueuePage /> : <Navigate to="/devices" replace />}
              />
              <Route path="/alarms/:alarmId" element={<AlarmPage />} />
              <Route path="/residents" element={<ResidentsPage />} />
              <Route path="/devices" element={<DevicesPage />} />
              <Route path="/refusals" element={<RefusalsPage />} />
              <Route path="*" element={<Navigate to="/" replace />} />
            </Routes>
          </Suspense>
        </div>
      </AlarmDeskProvider>
    </LiveFeedProvider>
  );
}
