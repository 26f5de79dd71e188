import { absenceKinds } from '@carebell/contracts/absence.ts';
import type { AbsenceKind } from '@carebell/contracts/absence.ts';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeField } from '../app/TimeField.tsx';
import { useProblemText } from '../app/problem-text.ts';
import { useFeedLink } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { useAbsenceCalls } from './absence-queries.ts';
import { instantOf, noonIn } from './absence-times.ts';
import { AbsenceSign } from './AbsenceSign.tsx';
import '../hand-over/hand-over.css';

/** Days after which somebody is usually back; each is one button. */
const usualDays = [1, 3, 7, 30] as const;

type Props = { residentId: string; isFocused: boolean; onDone: () => void };

/** Enters an absence: which, until when, and if need be since when and why. */
export function AbsenceForm({ residentId, isFocused, onDone }: Props) {
  const { t } = useTranslation();
  const { timeZone } = useSession().session.hub;
  const { clockOffsetMs } = useFeedLink();
  const calls = useAbsenceCalls();
  const problemText = useProblemText();
  const [kind, setKind] = useState<AbsenceKind>('in-hospital');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [note, setNote] = useState('');
  const [complaint, setComplaint] = useState<string>();
  const [isSending, setSending] = useState(false);
  const choices = useRef<HTMLFieldSetElement>(null);

  useEffect(() => {
    if (isFocused) choices.current?.querySelector<HTMLInputElement>('input:checked')?.focus();
  }, [isFocused]);

  async function submit() {
    const untilAt = instantOf(until, timeZone);
    if (untilAt === undefined) return setComplaint(t('absence.untilMissing'));
    const fromAt = instantOf(from, timeZone);
    setSending(true);
    const body = { kind, until: untilAt, note, ...(fromAt === undefined ? {} : { from: fromAt }) };
    const answer = await calls.set(residentId, body);
    setSending(false);
    if (answer.ok) return onDone();
    setComplaint(problemText(answer.problem));
  }

  function onKey(event: KeyboardEvent) {
    const isOnChoice = event.target instanceof HTMLInputElement && event.target.type === 'radio';
    const chosen = isOnChoice ? absenceKinds[Number(event.key) - 1] : undefined;
    if (chosen === undefined) return;
    event.preventDefault();
    setKind(chosen);
    choices.current?.querySelector<HTMLInputElement>(`input[value="${chosen}"]`)?.focus();
  }

  return (
    // The keys bubble up from the fields inside; the form itself is no control.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="absence-form"
      data-testid="absence-form"
      onKeyDown={onKey}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <fieldset ref={choices}>
        <legend>{t('absence.which')}</legend>
        {absenceKinds.map((name, index) => (
          <label key={name} className="absence-choice">
            <input
              type="radio"
              name="absence-kind"
              value={name}
              checked={kind === name}
              onChange={() => setKind(name)}
            />
            <kbd>{index + 1}</kbd>
            <AbsenceSign kind={name} />
            <span>{t(`absence.kind.${name}`)}</span>
          </label>
        ))}
      </fieldset>
      <TimeField label={t('absence.untilField')} value={until} testId="absence-until" onChange={setUntil} />
      <p className="absence-days">
        {usualDays.map((days) => (
          <button
            key={days}
            type="button"
            className="step-button"
            data-testid={`absence-days-${days}`}
            onClick={() => setUntil(noonIn(days, Date.now() + clockOffsetMs, timeZone))}
          >
            {t('absence.days', { n: days })}
          </button>
        ))}
      </p>
      <TimeField label={t('absence.fromField')} value={from} testId="absence-from" onChange={setFrom} />
      <label className="absence-note">
        <span>{t('absence.note')}</span>
        <input
          className="plain-input"
          maxLength={500}
          value={note}
          placeholder={t('absence.noteHint')}
          data-testid="absence-note"
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <p className="absence-promise">{t('absence.promise')}</p>
      <p className="absence-complaint" role="alert" data-testid="absence-complaint">
        {complaint}
      </p>
      <Button type="primary" size="large" htmlType="submit" loading={isSending} data-testid="absence-submit">
        {t('absence.set')} <kbd>Enter</kbd>
      </Button>
    </form>
  );
}
