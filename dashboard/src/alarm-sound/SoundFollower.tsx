import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { feedStateOf } from '../live-feed/feed-state.ts';
import type { SoundView } from './alarm-sound.ts';

export function useSoundView(): SoundView {
  const { sound } = useWorkplace();
  return useSyncExternalStore(sound.subscribe, sound.view);
}

/** Keeps the sound in step with the alarms, and says in red that this screen cannot sound. */
export function SoundFollower() {
  const { t } = useTranslation();
  const { sound } = useWorkplace();
  const { alarms } = useAlarmDesk();
  const { isBlocked } = useSoundView();
  const { state, since } = feedStateOf(useFeedLink(), useNow());
  const isFeedLost = state === 'disconnected' || state === 'stale';
  const feedLostSince = isFeedLost ? since : undefined;

  useEffect(() => sound.attend({ alarms, feedLostSince }), [sound, alarms, feedLostSince]);
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

  if (!isBlocked) return null;
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
