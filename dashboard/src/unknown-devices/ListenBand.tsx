import type { UnknownDevice } from '@carebell/contracts/unknown-devices.ts';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkplace } from '../app/workplace.ts';
import { justHeard } from './just-heard.ts';
import { UnknownCard } from './UnknownCard.tsx';

type Props = {
  heard: readonly UnknownDevice[];
  /** Since when it listens; `null` while it does not. */
  since: string | null;
  onListen: () => void;
  onEnd: () => void;
};

/** "Press it now": whoever holds the device presses, and what was heard since then stands here, large and spoken. */
export function ListenBand({ heard, since, onListen, onEnd }: Props) {
  const { t, i18n } = useTranslation();
  const { speech } = useWorkplace();
  const fresh = since === null ? [] : justHeard(heard, since);
  const [likely, ...others] = fresh;
  const spoken = useRef<string | null>(null);
  const found = likely === undefined ? null : `${since} ${likely.gatewayId} ${likely.code}`;
  useEffect(() => {
    if (found === null || spoken.current === found) return;
    spoken.current = found;
    const language = i18n.language === 'en' ? 'en' : 'zh-CN';
    speech.say(t('unknown.heardSpoken'), language);
    navigator.vibrate?.(200);
  }, [found, speech, t, i18n.language]);

  if (since === null) {
    return (
      <section className="listen-band" data-testid="listen">
        <Button type="primary" size="large" block onClick={onListen} data-testid="press-now">
          {t('unknown.pressNow')}
        </Button>
        <p className="dim">{t('unknown.pressNowHint')}</p>
      </section>
    );
  }
  return (
    <section className="listen-band" data-listening data-testid="listen">
      <output className="listen-state">
        {likely === undefined ? t('unknown.listening') : t('unknown.heard')}
      </output>
      {likely === undefined ? <p>{t('unknown.listeningHint')}</p> : <UnknownCard unknown={likely} isLikely />}
      {others.length > 0 && (
        <details>
          <summary>{t('unknown.alsoHeard', { n: others.length })}</summary>
          {others.map((unknown) => (
            <UnknownCard key={`${unknown.gatewayId} ${unknown.code}`} unknown={unknown} />
          ))}
        </details>
      )}
      <p className="unknown-actions">
        <Button size="large" onClick={onListen}>
          {t('unknown.again')}
        </Button>
        <Button size="large" type="text" onClick={onEnd}>
          {t('unknown.end')}
        </Button>
      </p>
    </section>
  );
}
