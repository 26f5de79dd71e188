import type { UserAddresses } from '@carebell/contracts/user-addresses.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../app/problem-text.ts';
import type { AddressAccess } from './addresses-query.ts';

type Props = {
  address: UserAddresses['addresses'][number];
  access: Pick<AddressAccess, 'test'>;
  label?: string;
};

/** Sends a test message to one own address, and says what came of it. */
export function TestAddress({ address, access, label }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [outcome, setOutcome] = useState<{ isGood: boolean; text: string }>();
  const [isSending, setSending] = useState(false);

  async function send(): Promise<void> {
    setSending(true);
    setOutcome(undefined);
    const answer = await access.test(address);
    setSending(false);
    if (!answer.ok) setOutcome({ isGood: false, text: problemText(answer.problem) });
    else if (answer.result.reason === null) setOutcome({ isGood: true, text: t('push.sent') });
    else setOutcome({ isGood: false, text: t(`not-notified.${answer.result.reason}`) });
  }

  return (
    <>
      <Button
        loading={isSending}
        data-testid="test-address"
        {...(label === undefined ? {} : { 'aria-label': label })}
        onClick={() => void send()}
      >
        {t('push.test')}
      </Button>
      <output data-testid="test-address-outcome" className={outcome?.isGood === false ? 'warning' : 'dim'}>
        {outcome !== undefined && `${outcome.isGood ? '✓' : '⚠'} ${outcome.text}`}
      </output>
    </>
  );
}
