import { lazy, Suspense, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';
import { useSettings } from '../app/settings.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { feedStateOf } from '../live-feed/feed-state.ts';
import { useSession } from '../log-in/session.ts';
import type { SoundView } from './alarm-sound.ts';
import { heardBy } from './call-backs.ts';

const AudioCheck = lazy(async () => ({ default: (await import('./AudioCheck.tsx')).AudioCheck }));

/** A shift: loudspeakers are turned down and plugs are pulled between two of them. */
const heardForMs = 12 * 3600 * 1000;

export function useSoundView(): SoundView {
  const { sound } = useWorkplace();
  return useSyncExternalStore(sound.subscribe, sound.view);
}

/** Keeps the sound in step with the alarms, and says in red that this screen cannot sound. */
export function SoundFollower() {
  const { sound } = useWorkplace();
  const { alarms } = useAlarmDesk();
  const { session } = useSession();
  const { isBlocked, isChecking } = useSoundView();
  const { state, since } = feedStateOf(useFeedLink(), useNow());
  const isFeedLost = state === 'disconnected' || state === 'stale' || state === 'broken';
  const feedLostSince = isFeedLost ? since : undefined;

  const heard = useMemo(() => heardBy(alarms, session.user.id), [alarms, session.user.id]);

  useEffect(() => sound.attend({ alarms: heard, feedLostSince }), [sound, heard, feedLostSince]);
  useEffect(() => {
    if (!isBlocked) return undefined;
    const unlock = () => void sound.unlock();
    document.addEventListener('keydown', unlock);
    document.addEventListener('pointerdown', unlock);
    return () => {
      document.removeEventListener('keydown', unlock);
      document.removeEventListener('pointerdown', unlock);
    };
  }, [sound, isBlocked]);

  return (
    <>
      {isBlocked ? <BlockedLine /> : <UnconfirmedLine />}
      {isChecking && (
        <Suspense>
          <AudioCheck />
        </Suspense>
      )}
    </>
  );
}

function BlockedLine() {
  const { t } = useTranslation();
  const { sound } = useWorkplace();
  return (
    <button
      type="button"
      className="banner"
      data-level="grave"
      data-testid="sound-blocked"
      onClick={() => void sound.unlock().then((isOn) => isOn && sound.play('service'))}
    >
      <svg width="22" height="22" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
        <path d="M3 9v6h4l6 5V4L7 9Zm13.6 3 3-3-1.5-1.5-3 3-3-3L13 9l2 3-2 3 1.5 1.5 3-3 3 3 1.5-1.5Z" />
      </svg>
      {t('sound.blockedLong')}
    </button>
  );
}

/** Offered, never in the way: who sits down before an alarm must be able to answer it at once. */
function UnconfirmedLine() {
  const { t } = useTranslation();
  const { sound, settings } = useWorkplace();
  const { heardAt } = useSettings(settings);
  const now = useNow();
  if (now - heardAt < heardForMs) return null;
  return (
    <output className="banner" data-level="calm" data-testid="sound-unconfirmed">
      {t('audioCheck.unconfirmed')}
      <button type="button" className="step-button" onClick={() => sound.check(true)}>
        {t('audioCheck.open')}
      </button>
    </output>
  );
}
