import { Button } from 'antd';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  /** What is still missing, or why the hub refused. */
  complaint: string | undefined;
  isSending: boolean;
  onCancel: () => void;
  /** On the button that closes. */
  children: ReactNode;
  of: 'close' | 'restored';
  submitButton?: Ref<HTMLButtonElement>;
};

/** At the foot of a dialog that closes alarms. */
export function ClosingFoot({ complaint, isSending, onCancel, children, of, submitButton }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <p className="close-complaint" role="alert" data-testid={`${of}-complaint`}>
        {complaint}
      </p>
      <div className="close-actions">
        <Button size="large" onClick={onCancel}>
          {t('close.cancel')}
        </Button>
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          loading={isSending}
          data-testid={`${of}-submit`}
          {...(submitButton === undefined ? {} : { ref: submitButton })}
        >
          {children} <kbd>{t('close.submitHint')}</kbd>
        </Button>
      </div>
    </>
  );
}
