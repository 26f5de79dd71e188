import type { previewSchema } from '@carebell/contracts/escalation-preview.ts';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { PolicyTimeLine } from './PolicyTimeLine.tsx';

type Props = {
  preview: z.infer<typeof previewSchema> | undefined;
  error: Error | null;
  isWaiting: boolean;
  onRetry: () => void;
};

/** What the policy does if nobody answers, and if nothing follows an answer. */
export function PolicyPreview({ preview, error, isWaiting, onRetry }: Props) {
  const { t } = useTranslation();
  return (
    <aside
      className="policy-preview"
      aria-label={t('policy.preview')}
      aria-busy={isWaiting}
      data-testid="policy-preview"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long one scrolls, by keys too
      tabIndex={0}
    >
      {error !== null && <ProblemNotice error={error} onRetry={onRetry} />}
      {preview === undefined && error === null && <p className="dim">{t('policy.previewWaits')}</p>}
      {preview !== undefined && (
        <>
          <PolicyTimeLine title={t('policy.ifNobodyAnswers')} lines={preview.unanswered} />
          <PolicyTimeLine title={t('policy.ifNothingFollows')} lines={preview.answered} />
        </>
      )}
    </aside>
  );
}
