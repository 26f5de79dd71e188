import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

type Props = {
  testId: string;
  isSending: boolean;
  isComplete: boolean;
  /** What is to be corrected before it can be saved. */
  hint?: string | undefined;
  onCancel: () => void;
};

/** At the foot of what is edited: save, leave it, and what is still wrong. */
export function EditorFoot({ testId, isSending, isComplete, hint, onCancel }: Props) {
  const { t } = useTranslation();
  return (
    <div className="form-foot">
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        loading={isSending}
        disabled={!isComplete}
        data-testid={testId}
      >
        {t('form.save')}
      </Button>
      <Button size="large" disabled={isSending} onClick={onCancel}>
        {t('policy.cancel')}
      </Button>
      <output className="dim">{hint}</output>
    </div>
  );
}
