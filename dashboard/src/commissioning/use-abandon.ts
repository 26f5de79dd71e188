import type { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCommissioningSteps } from './commissioning-query.ts';

/** Asks before a commissioning ends unsigned. */
export function useAbandon(id: string) {
  const { t } = useTranslation();
  const { act } = useCommissioningSteps();
  return (modal: ReturnType<typeof App.useApp>['modal']): void => {
    modal.confirm({
      title: t('commissioning.abandonTitle'),
      content: t('commissioning.abandonText'),
      okText: t('commissioning.abandon'),
      cancelText: t('commissioning.cancel'),
      centered: true,
      onOk: async () => void (await act(id, 'abandon', { reason: t('commissioning.abandon') })),
    });
  };
}
