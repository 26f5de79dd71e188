import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

type Props = {
  testId: string;
  /** Why the hub did not take it. */
  problem: string | undefined;
  isSending: boolean;
  isComplete: boolean;
  /** What is to be corrected before it can be saved. */
  hint?: string | undefined;
  onCancel: () => void;
};

/** At the foot of what is edited: save, leave it, what is still wrong and what the hub said. */
export function EditorFoot({ testId, problem, isSending, isComplete, hint, onCancel }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {problem !== undefined && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
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
    </>
  );
}
