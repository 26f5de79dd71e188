import type { Session } from '@carebell/contracts/http-api.ts';
import { Button, Input } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { LogInForm } from './LogInForm.tsx';
import { settled } from './settled.ts';

type Props = {
  onLoggedIn: (session: Session) => void;
  /** Back to name and password, with the reason if it was not the person's wish. */
  onBack: (problem?: HubRefusal) => void;
};

/** After a password that was right: the code of the authenticator app, or one of the recovery codes. */
export function SecondStep({ onLoggedIn, onBack }: Props) {
  const { t } = useTranslation();
  const { api, sound } = useWorkplace();
  const problemText = useProblemText();
  const [isRecovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<HubRefusal | 'code-missing'>();
  const [isSending, setSending] = useState(false);
  const field = useRef<InputRef>(null);

  useEffect(() => field.current?.focus(), []);

  async function send(event: SyntheticEvent) {
    event.preventDefault();
    if (code.trim() === '') return setProblem('code-missing');
    const unlocking = sound.unlock();
    setSending(true);
    const answer = await api.giveCode({ code: code.trim() });
    setSending(false);
    if (answer.ok) {
      if (await settled(unlocking)) sound.play('service');
      return onLoggedIn(answer.result);
    }
    if (answer.problem.code === 'second-step-expired') return onBack(answer.problem);
    setProblem(answer.problem);
    setCode('');
    field.current?.focus();
  }

  return (
    <LogInForm
      title={t(isRecovery ? 'logIn.recoveryTitle' : 'logIn.codeTitle')}
      onSubmit={(event) => void send(event)}
    >
      <label>
        <span>{t(isRecovery ? 'logIn.recoveryCode' : 'logIn.code')}</span>
        <Input
          ref={field}
          size="large"
          autoComplete="one-time-code"
          inputMode={isRecovery ? 'text' : 'numeric'}
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={isRecovery ? 20 : 7}
          value={code}
          data-testid="login-code"
          aria-invalid={problem === 'code-missing'}
          onChange={(event) => setCode(event.target.value)}
        />
      </label>
      <p className="log-in-problem" role="alert" data-testid="login-problem">
        {problem === 'code-missing' && t('logIn.codeMissing')}
        {typeof problem === 'object' && problemText(problem)}
      </p>
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={isSending}
        data-testid="login-submit"
      >
        {t('logIn.submit')}
      </Button>
      <Button
        type="link"
        data-testid="login-recovery"
        onClick={() => {
          setRecovery(!isRecovery);
          setCode('');
          setProblem(undefined);
          field.current?.focus();
        }}
      >
        {t(isRecovery ? 'logIn.useCode' : 'logIn.useRecovery')}
      </Button>
      <Button type="link" onClick={() => onBack()}>
        {t('logIn.back')}
      </Button>
    </LogInForm>
  );
}
