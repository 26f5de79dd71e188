import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { HubProblem } from '../api/hub-problem.ts';
import { useProblemText } from './problem-text.ts';

type Props = { error: Error; onRetry: () => void };

export function ProblemNotice({ error, onRetry }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  if (!navigator.onLine) {
    return (
      <div className="problem" role="alert" data-testid="offline">
        <strong>{t('offline.title')}</strong>
        <p>{t('offline.line')}</p>
        <Button size="large" onClick={onRetry}>
          {t('problem.retry')}
        </Button>
      </div>
    );
  }
  return (
    <div className="problem" role="alert">
      <strong>{t('problem.title')}</strong>
      <p>{error instanceof HubProblem ? problemText(error.problem) : error.message}</p>
      <Button size="large" onClick={onRetry}>
        {t('problem.retry')}
      </Button>
    </div>
  );
}
