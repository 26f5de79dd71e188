import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../app/instants.ts';
import { useSettings } from '../app/settings.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { useSoundView } from './SoundFollower.tsx';
import { SoundWishes } from './SoundWishes.tsx';

/** A minute's hush, how it sounds, and when somebody last said that it can be heard. */
export function SoundPanel() {
  const { t } = useTranslation();
  const { sound, settings } = useWorkplace();
  const { session } = useSession();
  const { hushedUntil } = useSoundView();
  const { heardAt } = useSettings(settings);
  return (
    <div className="sound-panel">
      <Button block onClick={sound.toggleHush}>
        {hushedUntil === undefined ? t('sound.hush') : t('sound.unhush')} <kbd>M</kbd>
      </Button>
      <SoundWishes />
      {heardAt > 0 && (
        <p className="dim">
          {t('audioCheck.confirmed', { time: dayAndTime(heardAt, session.hub.timeZone) })}
        </p>
      )}
      <Button block data-testid="open-audio-check" onClick={() => sound.check(true)}>
        {t('audioCheck.title')}
      </Button>
    </div>
  );
}
