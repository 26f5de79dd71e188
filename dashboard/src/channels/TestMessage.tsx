import type { ChannelView } from '@carebell/contracts/channels.ts';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/hub-api.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useSettings } from '../app/settings.ts';
import { useWorkplace } from '../app/workplace.ts';
import { isAddressed } from './channel-fields.ts';
import { useChannelCalls } from './channel-query.ts';
import type { TestResult } from './channel-query.ts';

/** Sends a message that says it is a test, and shows what the other end really said. */
export function TestMessage({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation();
  const { settings } = useWorkplace();
  const { language } = useSettings(settings);
  const problemText = useProblemText();
  const calls = useChannelCalls();
  const id = useId();
  const [address, setAddress] = useState('');
  const [isSending, setSending] = useState(false);
  const [answer, setAnswer] = useState<Answer<TestResult>>();
  const needsAddress = isAddressed(channel.kind);

  async function send(): Promise<void> {
    setSending(true);
    setAnswer(undefined);
    setAnswer(await calls.test(channel.id, { address: address.trim(), locale: language }));
    setSending(false);
  }

  return (
    <section className="channel-test">
      <h2>{t('channelPage.test')}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {needsAddress && (
          <div className="field">
            <label htmlFor={id}>{t(`channelAddress.${channel.kind as 'sms'}`)}</label>
            <Input
              id={id}
              value={address}
              disabled={isSending}
              onChange={(event) => setAddress(event.target.value)}
            />
          </div>
        )}
        <Button
          htmlType="submit"
          loading={isSending}
          disabled={needsAddress && address.trim() === ''}
          data-testid="send-test"
        >
          {t('channelPage.send')}
        </Button>
      </form>
      <div aria-live="polite">
        {answer?.ok === false && <p className="form-problem">{problemText(answer.problem)}</p>}
        {answer?.ok === true && <Outcome result={answer.result} />}
      </div>
    </section>
  );
}

function Outcome({ result }: { result: TestResult }) {
  const { t } = useTranslation();
  const isGood = result.result !== 'refused';
  return (
    <div className="test-outcome" data-good={isGood} data-testid="test-outcome">
      <p>
        <strong>
          {isGood ? '✓' : '✕'} {t(`testResult.${result.result}`)}
        </strong>{' '}
        {result.reason !== null && `${t(`not-notified.${result.reason}`)} `}
        <span className="dim">{t('channelPage.took', { n: result.tookMs })}</span>
      </p>
      <p className="dim">{t('channelPage.answer')}</p>
      <pre>{result.answer === '' ? '—' : result.answer}</pre>
    </div>
  );
}
