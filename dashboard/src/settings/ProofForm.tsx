import { Input } from 'antd';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import { useProblemText } from '../app/problem-text.ts';
import { ProofFrame } from './ProofFrame.tsx';

type Props = {
  asks: { password: boolean; code: string | null };
  submit: string;
  isDangerous?: boolean;
  send: (given: { password: string; code: string }) => Promise<HubRefusal | undefined>;
  children?: ReactNode;
};

/** Asks for the password, a code or both, before something is changed about how the person logs in. */
export function ProofForm({ asks, submit, isDangerous = false, send, children }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  async function prove(): Promise<void> {
    if ((asks.password && password === '') || (asks.code !== null && code.trim() === ''))
      return setProblem(t('secondFactor.missing'));
    setProblem(undefined);
    setSending(true);
    const refusal = await send({ password, code: code.trim() });
    setSending(false);
    if (refusal === undefined) return;
    setProblem(problemText(refusal));
    if (asks.code !== null) setCode('');
    form.current?.querySelector('input')?.focus();
  }

  return (
    <ProofFrame
      ref={form}
      name="proof"
      submit={submit}
      isDangerous={isDangerous}
      isSending={isSending}
      problem={problem}
      onSubmit={() => void prove()}
      foot={children}
    >
      {asks.password && (
        <label>
          <span>{t('secondFactor.password')}</span>
          <Input
            type="password"
            autoComplete="current-password"
            data-testid="proof-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
      )}
      {asks.code !== null && (
        <label>
          <span>{asks.code}</span>
          <Input
            autoComplete="one-time-code"
            autoCapitalize="characters"
            inputMode={asks.password ? 'text' : 'numeric'}
            spellCheck={false}
            maxLength={20}
            data-testid="proof-code"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </label>
      )}
    </ProofFrame>
  );
}
