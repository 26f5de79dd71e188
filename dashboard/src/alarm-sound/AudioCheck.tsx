import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkplace } from '../app/workplace.ts';
import { SoundTests } from './SoundTests.tsx';
import { SoundWishes } from './SoundWishes.tsx';

/** A person listens and says whether it can be heard: the only proof that a screen sounds. */
export function AudioCheck() {
  const { t } = useTranslation();
  const { sound, settings } = useWorkplace();
  const [wasNotHeard, setNotHeard] = useState(false);
  return (
    <Modal
      open
      centered
      width={560}
      title={t('audioCheck.title')}
      footer={null}
      onCancel={() => sound.check(false)}
    >
      <div className="sound-panel" data-testid="audio-check">
        <p>{t('audioCheck.hint')}</p>
        <SoundTests />
        <SoundWishes />
        {wasNotHeard && (
          <p className="warning" role="alert">
            {t('audioCheck.notHeardHelp')}
          </p>
        )}
        <div className="sound-panel-row">
          <Button
            size="large"
            data-testid="audio-not-heard"
            onClick={() => {
              settings.change({ heardAt: 0 });
              setNotHeard(true);
            }}
          >
            {t('audioCheck.notHeard')}
          </Button>
          <Button
            type="primary"
            size="large"
            data-testid="audio-heard"
            onClick={() => {
              settings.change({ heardAt: Date.now() });
              sound.check(false);
            }}
          >
            ✓ {t('audioCheck.heard')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
