import type { User } from '@carebell/contracts/registry.ts';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';

type Props = { user: User; onReset: () => void };

/** For somebody who has lost phone and recovery codes. Asks first. */
export function ResetSecondFactor({ user, onReset }: Props) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { modal, message } = App.useApp();
  const problemText = useProblemText();
  const person = user.displayName;
  async function reset(): Promise<void> {
    const path = `/users/${encodeURIComponent(user.id)}/second-factor`;
    const answer = await api.call('DELETE', path, z.undefined());
    if (!answer.ok) {
      void message.error(problemText(answer.problem), 6);
      return;
    }
    void message.success(t('secondFactor.resetDone', { person }));
    onReset();
  }
  return (
    <section>
      <p>{t('secondFactor.resetHint')}</p>
      <Button
        danger
        data-testid="reset-second-factor"
        onClick={() => {
          modal.confirm({
            title: t('secondFactor.resetTitle', { person }),
            okText: t('secondFactor.reset'),
            cancelText: t('secondFactor.cancel'),
            okButtonProps: { danger: true },
            autoFocusButton: 'cancel',
            centered: true,
            onOk: reset,
          });
        }}
      >
        {t('secondFactor.reset')}
      </Button>
    </section>
  );
}
