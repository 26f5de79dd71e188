import type { User } from '@carebell/contracts/registry.ts';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAct } from '../app/use-act.ts';
import { useWorkplace } from '../app/workplace.ts';

/** For somebody who has lost phone and recovery codes. Asks first. */
export function ResetSecondFactor({ user }: { user: User }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { modal } = App.useApp();
  const { act } = useAct(['users', user.id]);
  const person = user.displayName;
  const path = `/users/${encodeURIComponent(user.id)}/second-factor`;
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
            onOk: () => act(api.call('DELETE', path, z.undefined()), t('secondFactor.resetDone', { person })),
          });
        }}
      >
        {t('secondFactor.reset')}
      </Button>
    </section>
  );
}
