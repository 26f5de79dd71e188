import { Popover } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../live-feed/feed-context.ts';
import { useSoundView } from './SoundFollower.tsx';

const SoundPanel = lazy(async () => ({ default: (await import('./SoundPanel.tsx')).SoundPanel }));

/** The state of the sound in the top bar; behind it volume, a minute's hush, and every pattern to listen to. */
export function SoundControl() {
  const { t } = useTranslation();
  const { isBlocked, hushedUntil } = useSoundView();
  const now = useNow();
  const text = isBlocked
    ? t('sound.blocked')
    : hushedUntil === undefined
      ? t('sound.on')
      : t('sound.hushed', { n: Math.max(0, Math.ceil((hushedUntil - now) / 1000)) });
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Suspense>
          <SoundPanel />
        </Suspense>
      }
      title={t('sound.title')}
    >
      <button
        type="button"
        className="bar-button"
        data-testid="sound-state"
        data-state={isBlocked ? 'blocked' : hushedUntil === undefined ? 'on' : 'hushed'}
        aria-label={text}
      >
        <svg width="20" height="20" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
          <path d="M3 9v6h4l6 5V4L7 9Z" />
          {isBlocked || hushedUntil !== undefined ? (
            <path d="m15 9 6 6m0-6-6 6" fill="none" stroke="currentColor" strokeWidth="2" />
          ) : (
            <path
              d="M16 8a5 5 0 0 1 0 8m2.5-11a9 9 0 0 1 0 14"
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
            />
          )}
        </svg>
        <span className="bar-button-text">{text}</span>
      </button>
    </Popover>
  );
}
