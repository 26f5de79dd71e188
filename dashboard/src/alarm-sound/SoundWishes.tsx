import { Segmented, Slider, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { choices, quietestVolume, useSettings } from '../app/settings.ts';
import type { Settings } from '../app/settings.ts';
import { useWorkplace } from '../app/workplace.ts';
import { OutputChoice } from './OutputChoice.tsx';

/** How the alarms sound for this person. */
export function SoundWishes() {
  const { t } = useTranslation();
  const { sound, settings } = useWorkplace();
  const { volume, voice, doTechnicalAlarmsSound } = useSettings(settings);
  return (
    <>
      <div className="wish-stack">
        <span>{t('sound.volume')}</span>
        <Slider
          ariaLabelForHandle={t('sound.volume')}
          min={quietestVolume}
          max={1}
          step={0.1}
          value={volume}
          tooltip={{ formatter: null }}
          onChange={(chosen) => settings.change({ volume: chosen })}
          onChangeComplete={() => sound.play('service')}
        />
      </div>
      <div className="wish-stack">
        <span>{t('audioCheck.voice')}</span>
        <Segmented<Settings['voice']>
          aria-label={t('audioCheck.voice')}
          value={voice}
          options={choices.voices.map((value) => ({ value, label: t(`audioCheck.${value}`) }))}
          onChange={(chosen) => {
            settings.change({ voice: chosen });
            sound.play('emergency');
          }}
        />
      </div>
      <OutputChoice />
      <div className="sound-panel-row">
        <span id="technical-sound">{t('sound.technical')}</span>
        <Switch
          aria-labelledby="technical-sound"
          checked={doTechnicalAlarmsSound}
          onChange={(chosen) => settings.change({ doTechnicalAlarmsSound: chosen })}
        />
      </div>
    </>
  );
}
