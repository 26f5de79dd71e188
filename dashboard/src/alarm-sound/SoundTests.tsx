import { priorities } from '@carebell/contracts/alarm-kinds.ts';
import type { Priority } from '@carebell/contracts/alarm-kinds.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkplace } from '../app/workplace.ts';

/** Every pattern to listen to. Says so when the browser keeps silent. */
export function SoundTests() {
  const { t } = useTranslation();
  const { sound } = useWorkplace();
  const [isSilent, setSilent] = useState(false);
  async function play(priority: Priority) {
    const isOn = await sound.unlock();
    setSilent(!isOn);
    if (isOn) sound.play(priority);
  }
  return (
    <>
      <div className="sound-panel-tests">
        <span>{t('sound.test')}</span>
        {priorities.map((priority) => (
          <Button key={priority} data-testid={`sound-test-${priority}`} onClick={() => void play(priority)}>
            ▶ {t(`priority.${priority}`)}
          </Button>
        ))}
      </div>
      {isSilent && (
        <p className="warning" role="alert">
          {t('audioCheck.noSound')}
        </p>
      )}
    </>
  );
}
