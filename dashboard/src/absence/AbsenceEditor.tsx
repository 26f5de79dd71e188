import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useSession } from '../log-in/session.ts';
import { AbsenceEntry } from './AbsenceEntry.tsx';
import { AbsenceForm } from './AbsenceForm.tsx';
import { useAbsencesOf } from './absence-queries.ts';

type Props = { residentId: string; isFocused?: boolean; onDone?: () => void };

/** What is entered of a resident's absence now and next, and the form for another. */
export function AbsenceEditor({ residentId, isFocused = false, onDone }: Props) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { data, error, refetch } = useAbsencesOf(residentId);
  const [round, setRound] = useState(0);
  if (data === undefined)
    return error === null ? <PageLoading /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  const pending = data.items.filter(({ phase }) => phase !== 'over');
  return (
    <>
      {pending.map((absence) => (
        <AbsenceEntry key={`${absence.id} ${absence.version}`} absence={absence} />
      ))}
      {pending.length === 0 && <p className="dim">{t('absence.none')}</p>}
      {may('absence.write') && (
        <AbsenceForm
          // A new one begins empty after one was entered.
          key={round}
          residentId={residentId}
          isFocused={isFocused && pending.length === 0}
          onDone={() => {
            setRound((before) => before + 1);
            onDone?.();
          }}
        />
      )}
    </>
  );
}
