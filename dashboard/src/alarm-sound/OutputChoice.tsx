import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../app/settings.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSoundView } from './SoundFollower.tsx';

/** Which loudspeaker sounds, where the browser lets a page choose. */
export function OutputChoice() {
  const { t } = useTranslation();
  const { sound, settings } = useWorkplace();
  const { isOutputRefused } = useSoundView();
  const { outputId } = useSettings(settings);
  const outputs = useOutputs(sound.canChooseOutput);
  if (outputs.length === 0) return null;
  return (
    <div className="wish-stack">
      <span id="sound-output">{t('audioCheck.output')}</span>
      <Select
        aria-labelledby="sound-output"
        value={outputId}
        onChange={(chosen: string) => settings.change({ outputId: chosen, heardAt: 0 })}
        options={[
          { value: '', label: t('audioCheck.usualOutput') },
          ...outputs.map(({ deviceId, label }, index) => ({
            value: deviceId,
            label: label === '' ? t('audioCheck.unnamedOutput', { n: index + 1 }) : label,
          })),
        ]}
      />
      {isOutputRefused && <p className="warning">{t('audioCheck.outputFailed')}</p>}
    </div>
  );
}

/** The browser names them only where the page is served securely; it may know none. */
function useOutputs(canChoose: boolean): MediaDeviceInfo[] {
  const [outputs, setOutputs] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    if (!canChoose || !('mediaDevices' in navigator)) return undefined;
    const { mediaDevices } = navigator;
    let isGone = false;
    const look = async () => {
      const all = await mediaDevices.enumerateDevices();
      const found = all.filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== '');
      if (!isGone) setOutputs(found.filter(({ deviceId }) => deviceId !== 'default'));
    };
    const lookAgain = () => void look();
    lookAgain();
    mediaDevices.addEventListener('devicechange', lookAgain);
    return () => {
      isGone = true;
      mediaDevices.removeEventListener('devicechange', lookAgain);
    };
  }, [canChoose]);
  return outputs;
}
