import type { MissedAlarm } from '@carebell/contracts/review.ts';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../app/instants.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useSession } from '../log-in/session.ts';
import { useReview } from './misses-query.ts';

type Props = { item: MissedAlarm; timeZone: string };

/** What was found out about a missed deadline, or the place where it is entered. */
export function ReviewLine({ item: { alarm, review }, timeZone }: Props) {
  const { t } = useTranslation();
  const { may } = useSession();
  const problemText = useProblemText();
  const send = useReview();
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  if (review !== null)
    return (
      <p data-testid={`review-${alarm.id}`}>
        ✓ {t('overdue.reviewedBy', { name: review.by.displayName, time: dayAndTime(review.at, timeZone) })}{' '}
        <strong>{review.note}</strong>
      </p>
    );
  if (!may('miss.review')) return <p className="dim">{t('overdue.notReviewed')}</p>;

  async function submit(): Promise<void> {
    setSending(true);
    const refused = await send(alarm.id, note);
    setSending(false);
    setProblem(refused && problemText(refused));
  }
  return (
    <form
      className="review-form"
      data-testid={`review-${alarm.id}`}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label htmlFor={`review-note-${alarm.id}`}>{t('overdue.note')}</label>
      <Input.TextArea
        id={`review-note-${alarm.id}`}
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={4_000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button htmlType="submit" loading={isSending} disabled={note.trim() === ''}>
        {t('overdue.review')}
      </Button>
      {problem !== undefined && (
        <span className="warning" role="alert">
          {problem}
        </span>
      )}
    </form>
  );
}
