import { Button, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { SyntheticEvent } from 'react';
import type { Session } from '@carebell/contracts/http-api.ts';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { LogInForm } from './LogInForm.tsx';
import { settled } from './settled.ts';

type Props = {
  /** Why the person is back here. */
  refusal: HubRefusal | undefined;
  onLoggedIn: (session: Session) => void;
  /** The password was right, and the hub asks for a code too. */
  onCodeAsked: () => void;
};

export function PasswordStep({ refusal, onLoggedIn, onCodeAsked }: Props) {
  const { t } = useTranslation();
  const { api, sound } = useWorkplace();
  const problemText = useProblemText();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<HubRefusal | 'name-missing' | 'password-missing' | undefined>(
    refusal,
  );
  const [isSending, setSending] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);

  useEffect(() => nameField.current?.focus(), []);

  async function logIn(event: SyntheticEvent) {
    event.preventDefault();
    if (name.trim() === '') return setProblem('name-missing');
    if (password === '') return setProblem('password-missing');
    // This press is the gesture that lets the page sound; a later moment would not count.
    const unlocking = sound.unlock();
    setSending(true);
    const answer = await api.logIn({ name: name.trim(), password });
    setSending(false);
    if (answer.ok) {
      if (await settled(unlocking)) sound.play('service');
      return onLoggedIn(answer.result);
    }
    if (answer.problem.code === 'second-step-needed') return onCodeAsked();
    setProblem(answer.problem);
    setPassword('');
    passwordField.current?.focus();
  }

  return (
    <LogInForm title={t('logIn.title')} onSubmit={(event) => void logIn(event)}>
      <label>
        <span>{t('logIn.name')}</span>
        <Input
          size="large"
          ref={(field) => {
            nameField.current = field?.input ?? null;
          }}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          data-testid="login-name"
          aria-invalid={problem === 'name-missing'}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label>
        <span>{t('logIn.password')}</span>
        <Input
          ref={(field) => {
            passwordField.current = field?.input ?? null;
          }}
          size="large"
          type="password"
          autoComplete="current-password"
          value={password}
          data-testid="login-password"
          aria-invalid={problem === 'password-missing'}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <p className="log-in-problem" role="alert" data-testid="login-problem">
        {problem === 'name-missing' && t('logIn.nameMissing')}
        {problem === 'password-missing' && t('logIn.passwordMissing')}
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
    </LogInForm>
  );
}
