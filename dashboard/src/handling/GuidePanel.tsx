import { answersTo } from '@carebell/contracts/script-answers.ts';
import type { AlarmScriptStep } from '@carebell/contracts/handling.ts';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { scriptWords } from '../alarm/handling-step-text.ts';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { clockTime } from '../app/instants.ts';
import { PhoneMark } from '../app/PhoneMark.tsx';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { useSession } from '../log-in/session.ts';
import { CallBackCard } from './CallBackCard.tsx';
import type { Handling } from './use-handling.ts';
import './guide.css';

const DispatchCard = lazy(async () => ({
  default: (await import('../dispatch/DispatchCard.tsx')).DispatchCard,
}));

type Props = { alarm: ShownAlarm; handling: Handling; noteInput: RefObject<HTMLInputElement | null> };

/** What is to be done now, with its keys; below it all steps of the script; a note at the foot. */
export function GuidePanel({ alarm, handling, noteInput }: Props) {
  const { t } = useTranslation();
  const { steps, progress, current, isMine, isCallingBack, isSending, isSendOpen } = handling;
  const list = useRef<HTMLOListElement>(null);
  const currentKey = current?.key ?? '';
  useEffect(() => {
    // Only the list moves: on a phone, where it is as long as its steps, the page stays where the reader is.
    const box = list.current?.getBoundingClientRect();
    const step = list.current
      ?.querySelector(`[data-testid="guide-step-${currentKey}"]`)
      ?.getBoundingClientRect();
    if (!list.current || !box || !step) return;
    if (step.top < box.top) list.current.scrollTop -= box.top - step.top;
    if (step.bottom > box.bottom) list.current.scrollTop += step.bottom - box.bottom;
  }, [currentKey]);
  return (
    <section className="panel panel-guide" aria-label={t('guide.title')} data-testid="guide">
      <div className="guide-head">
        <h3>{t('guide.title')}</h3>
        <span className="dim">
          {t('guide.progress', { n: progress.done.size, all: Math.max(steps.length, progress.done.size) })}
        </span>
        <button
          type="button"
          className="step-button"
          disabled={!isMine}
          aria-pressed={isSendOpen}
          data-testid="send-somebody"
          onClick={handling.toggleSending}
        >
          {t('dispatch.button')} <kbd>S</kbd>
        </button>
        <button
          type="button"
          className="step-button"
          disabled={!isMine}
          aria-pressed={isCallingBack}
          data-testid="call-back"
          onClick={handling.toggleCallBack}
        >
          {t('callBack.button')} <kbd>B</kbd>
        </button>
      </div>
      {isCallingBack ? (
        <CallBackCard alarm={alarm} handling={handling} />
      ) : isSending ? (
        <Suspense fallback={<div className="guide-card" />}>
          <DispatchCard alarm={alarm} handling={handling} />
        </Suspense>
      ) : (
        <StepCard alarm={alarm} handling={handling} />
      )}
      <ol ref={list} className="guide-steps guide-rows" data-testid="guide-steps">
        {steps.map((step) => (
          <StepLine key={step.key} step={step} handling={handling} />
        ))}
      </ol>
      <NoteLine isMine={isMine} handling={handling} input={noteInput} />
    </section>
  );
}

/** The current step at one size, whatever it asks: nothing below it moves. */
function StepCard({ alarm, handling }: { alarm: ShownAlarm; handling: Handling }) {
  const { t, i18n } = useTranslation();
  const { current, isMine, progress } = handling;
  const why = alarm.phase === 'raised' ? t('guide.acknowledgeFirst') : t('guide.notYours');
  if (current === undefined)
    return (
      <div className="guide-card" data-testid="guide-current">
        <p className="guide-words">✓ {t('guide.allDone')}</p>
        <p className="dim">{t('guide.allDoneHint')}</p>
      </div>
    );
  const isDone = progress.done.get(current.key);
  return (
    <div className="guide-card" data-testid="guide-current" data-step={current.key}>
      <p className="guide-words">{scriptWords(current.text, i18n.language)}</p>
      <Whom step={current} />
      <div className="guide-answers">
        {answersTo(current).map((answer, index) => (
          <button
            key={answer}
            type="button"
            className="step-button"
            disabled={!isMine}
            aria-pressed={isDone?.answer === answer}
            data-testid={`answer-${answer}`}
            onClick={(event) => handling.answer(index + 1, event.timeStamp)}
          >
            <kbd>{index + 1}</kbd>{' '}
            {t(
              current.action === 'ask' || current.action === 'call'
                ? `scriptAnswer.${answer}`
                : `guide.doneAs.${current.action}`,
            )}
          </button>
        ))}
        {!isMine && <span className="dim">{why}</span>}
      </div>
    </div>
  );
}

function Whom({ step: { action, whom, person, isOfResident } }: { step: AlarmScriptStep }) {
  const { t } = useTranslation();
  if (isOfResident) return <p className="guide-whom dim">{t('guide.ofResident')}</p>;
  if (action !== 'call' || whom === undefined) return <p className="guide-whom" />;
  if (person === null) return <p className="guide-whom warning">{t('guide.nobodyToCall')}</p>;
  const isPublic = whom === 'ambulance' || whom === 'fire-service' || whom === 'police';
  return (
    <p className="guide-whom">
      <span>
        <strong>{isPublic ? t(`guide.whom.${whom}`) : person.name}</strong> {person.relation}
        {person.hasKey && <span className="key-mark">⚷ {t('alarm.hasKey')}</span>}
      </span>
      <a href={phoneLink(person.phone)} aria-label={t('queue.call', { phone: person.phone })}>
        <PhoneMark />
        {spokenPhone(person.phone)}
      </a>
    </p>
  );
}

function StepLine({ step, handling }: { step: AlarmScriptStep; handling: Handling }) {
  const { t, i18n } = useTranslation();
  const { session } = useSession();
  const { current, progress, pick } = handling;
  const done = progress.done.get(step.key);
  const words = scriptWords(step.text, i18n.language);
  return (
    <li
      aria-current={step.key === current?.key ? 'step' : undefined}
      data-testid={`guide-step-${step.key}`}
      data-done={done !== undefined}
      data-pending={done !== undefined && done.at === undefined}
    >
      <button type="button" className="guide-row" onClick={() => pick(step.key)} title={words}>
        <span className="guide-sign" aria-hidden="true">
          {done === undefined ? (step.isOfResident ? '!' : '·') : done.at === undefined ? '…' : '✓'}
        </span>
        <span className="guide-line">
          {step.person !== null && step.person.name !== '' && step.whom !== 'resident' && (
            <strong>
              {step.person.name}
              {step.person.hasKey && ' ⚷'}{' '}
            </strong>
          )}
          {words}
        </span>
        {done !== undefined && (
          <span className="guide-done" title={done.by}>
            {t(`scriptAnswer.${done.answer}`)}{' '}
            {done.at === undefined ? t('guide.sending') : clockTime(done.at, session.hub.timeZone)}
          </span>
        )}
      </button>
    </li>
  );
}

function NoteLine({
  isMine,
  handling,
  input,
}: {
  isMine: boolean;
  handling: Handling;
  input: RefObject<HTMLInputElement | null>;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [isSending, setSending] = useState(false);

  async function submit(): Promise<void> {
    if (text.trim() === '' || isSending) return;
    setSending(true);
    const isNoted = await handling.note(text.trim());
    setSending(false);
    if (!isNoted) return;
    setText('');
    input.current?.blur();
  }

  function onKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Escape') input.current?.blur();
    // Enter that ends a word of an input method sends nothing.
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void submit();
    }
  }

  return (
    <label className="guide-note">
      <kbd>N</kbd>
      <input
        ref={input}
        value={text}
        maxLength={4000}
        disabled={!isMine || isSending}
        placeholder={t('guide.note')}
        aria-label={t('guide.note')}
        data-testid="guide-note"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
      />
    </label>
  );
}
