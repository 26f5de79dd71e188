import { buttonKeys } from '@carebell/contracts/event-kinds.ts';
import type { ButtonKey } from '@carebell/contracts/event-kinds.ts';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Speech } from '../alarm-sound/speech.ts';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import type { DeviceLink, LinkView } from '../device-link/device-link.ts';
import type { Language } from '../i18n/language.ts';
import { KeyMark } from './KeyMark.tsx';
import { cancelWithinMs, mayCancel, terminalState } from './terminal-state.ts';
import type { LastCall } from './terminal-state.ts';
import { useSeconds } from './use-seconds.ts';
import './terminal.css';

type Props = {
  link: DeviceLink | undefined;
  view: LinkView;
  speech: Speech;
  /** The station's, for when nothing else gets through. */
  phone: string;
};

/** What is not sent is said again this often. */
const sayAgainMs = 8_000;
const closedShownMs = 45_000;

/** Five keys and what has become of the call, for somebody who sees and hears badly and may lie on the floor. */
export function TerminalFace({ link, view, speech, phone }: Props) {
  const { t, i18n } = useTranslation();
  const now = useSeconds();
  const [lastCall, setLastCall] = useState<LastCall>();
  const { says } = terminalState(view, lastCall, now);
  const text = t(`terminal.says.${says}`);
  const language = i18n.language as Language;

  useEffect(() => {
    if (says === 'ready' || says === 'sending' || says === 'sent') return;
    speech.say(text, language);
    if (says !== 'not-sent') return;
    const again = setInterval(() => {
      navigator.vibrate?.([300, 100, 300]);
      speech.say(text, language);
    }, sayAgainMs);
    return () => clearInterval(again);
  }, [says, text, language, speech]);

  const closedAlarm = view.reassurance?.state === 'closed' ? view.reassurance.alarmId : undefined;
  useEffect(() => {
    if (closedAlarm === undefined) return;
    const done = setTimeout(() => link?.clearReassurance(), closedShownMs);
    return () => clearTimeout(done);
  }, [closedAlarm, link]);

  function press(key: ButtonKey) {
    link?.send('button.pressed', { key, press: 'short' });
    setLastCall({ key, atMs: now, isCancelled: false });
    speech.say(t(`terminal.pressed.${key}`), language);
  }

  function cancel(call: LastCall) {
    link?.send('button.cancelled', { key: call.key });
    setLastCall({ ...call, atMs: now, isCancelled: true });
  }

  return (
    <section className="terminal-face" data-says={says} data-link={view.link} data-testid="terminal-face">
      <div
        className="terminal-says"
        role={says === 'not-sent' ? 'alert' : 'status'}
        data-testid="terminal-says"
      >
        <strong>{text}</strong>
        {(says === 'not-sent' || says === 'no-connection' || says === 'refused') && (
          <p>
            {t(`terminal.hint.${says}`)}
            {phone !== '' && (
              <a className="terminal-phone" href={phoneLink(phone)}>
                {t('terminal.call', { phone: spokenPhone(phone) })}
              </a>
            )}
          </p>
        )}
        {lastCall !== undefined && mayCancel(view, lastCall, now) && (
          <button type="button" className="terminal-cancel" onClick={() => cancel(lastCall)}>
            {t('terminal.cancel', {
              s: Math.max(1, Math.ceil((cancelWithinMs - (now - lastCall.atMs)) / 1000)),
            })}
          </button>
        )}
      </div>
      <div className="terminal-keys">
        {buttonKeys.map((key) => (
          <button
            key={key}
            type="button"
            className="terminal-key"
            data-key={key}
            data-testid={`key-${key}`}
            disabled={link === undefined}
            onClick={() => press(key)}
          >
            <KeyMark of={key} />
            <span>{t(`terminal.key.${key}`)}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
