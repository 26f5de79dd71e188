import { userSchema } from '@carebell/contracts/registry.ts';
import { App, Input } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { ProofFrame } from './ProofFrame.tsx';

const empty = { currentPassword: '', password: '' };

/** Sets a new password by the current one. This browser stays logged in, every other one does not. */
export function OwnPassword() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { session, expire } = useSession();
  const { message } = App.useApp();
  const problemText = useProblemText();
  const [given, setGiven] = useState(empty);
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  async function change(): Promise<void> {
    if (given.currentPassword === '' || given.password === '') return setProblem(t('secondFactor.missing'));
    setProblem(undefined);
    setSending(true);
    const path = `/users/${encodeURIComponent(session.user.id)}`;
    const answer = await api.call('PATCH', path, userSchema, given);
    setSending(false);
    if (answer.ok) {
      setGiven(empty);
      void message.success(t('ownPassword.done'));
      return;
    }
    if (answer.problem.status === 401) return expire();
    // Too short for the contract: the same advice as of one that is too easily guessed.
    const isShort = answer.problem.code === 'invalid-request';
    setProblem(isShort ? t('problem.password-weak') : problemText(answer.problem));
    const at = answer.problem.code === 'password-wrong' ? 0 : 1;
    form.current?.querySelectorAll('input')[at]?.focus();
  }

  return (
    <section className="log-in-means" data-testid="own-password">
      <h2>{t('ownPassword.title')}</h2>
      <p className="dim">{t('ownPassword.hint')}</p>
      <ProofFrame
        ref={form}
        name="own-password"
        submit={t('ownPassword.change')}
        isSending={isSending}
        problem={problem}
        onSubmit={() => void change()}
      >
        <label>
          <span>{t('ownPassword.current')}</span>
          <Input.Password
            autoComplete="current-password"
            data-testid="own-password-current"
            value={given.currentPassword}
            onChange={({ target }) => setGiven({ ...given, currentPassword: target.value })}
          />
        </label>
        <label>
          <span>{t('ownPassword.next')}</span>
          <Input.Password
            autoComplete="new-password"
            data-testid="own-password-next"
            value={given.password}
            onChange={({ target }) => setGiven({ ...given, password: target.value })}
          />
        </label>
      </ProofFrame>
    </section>
  );
}
