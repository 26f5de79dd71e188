import type { DispatchPerson } from '@carebell/contracts/dispatch.ts';
import type { DispatchWay } from '@carebell/contracts/dispatch-ways.ts';
import { useTranslation } from 'react-i18next';
import { scriptWords } from '../alarm/handling-step-text.ts';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { toldPeople } from '../alarm/told-people.ts';
import type { Told } from '../alarm/told-people.ts';
import { useToldText } from '../alarm/told-text.ts';
import { clockTime } from '../app/instants.ts';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { PhoneMark } from '../app/PhoneMark.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import type { Handling } from '../handling/use-handling.ts';
import { useSession } from '../log-in/session.ts';
import { keyedPeople, useDispatch } from './use-dispatch.ts';
import type { Dispatch } from './use-dispatch.ts';
import './dispatch.css';

type Props = { alarm: ShownAlarm; handling: Handling };

/** Who can be sent, with the way and the number of each, and how far those have come who were asked. */
export function DispatchCard({ alarm, handling }: Props) {
  const { t, i18n } = useTranslation();
  const dispatch = useDispatch(alarm, handling);
  const { people, error, isByPhone } = dispatch;
  const { current, isMine } = handling;
  const isStep = current?.action === 'dispatch';
  const told = toldPeople(handling.timeline);
  return (
    <div
      className="guide-card dispatch-card"
      data-testid="guide-current"
      data-step={isStep ? current.key : 'dispatch-any-time'}
      data-open={handling.isSendOpen}
    >
      <div className="dispatch-head">
        <p className="guide-words">
          {isStep ? scriptWords(current.text, i18n.language) : t('dispatch.title')}
        </p>
        <button
          type="button"
          className="step-button"
          disabled={!isMine}
          aria-pressed={isByPhone}
          data-testid="dispatch-by-phone"
          onClick={dispatch.togglePhone}
        >
          {t('dispatch.byPhone')} <kbd>P</kbd>
        </button>
      </div>
      {error !== null && people === undefined && (
        <ProblemNotice error={error} onRetry={() => void dispatch.again()} />
      )}
      {error === null && people === undefined && <p className="dim">{t('dispatch.loading')}</p>}
      {people?.length === 0 && <p className="warning">{t('dispatch.nobody')}</p>}
      <ol className="dispatch-people guide-rows" data-testid="dispatch-people">
        {people?.map((person, index) => (
          <PersonLine
            key={person.id}
            person={person}
            number={index + 1}
            dispatch={dispatch}
            isMine={isMine}
            told={told.findLast((one) => one.personId === person.id)}
          />
        ))}
      </ol>
      <div className="guide-answers">
        {isStep && (
          <button
            type="button"
            className="step-button"
            disabled={!isMine}
            data-testid="answer-done"
            onClick={(event) => handling.answer(1, event.timeStamp)}
          >
            <kbd>0</kbd> {t('dispatch.otherwise')}
          </button>
        )}
        {handling.isSendOpen && (
          <button
            type="button"
            className="step-button"
            data-testid="dispatch-leave"
            onClick={handling.toggleSending}
          >
            <kbd>S</kbd> {t('dispatch.leave')}
          </button>
        )}
        {!isMine && (
          <span className="dim">
            {t(alarm.phase === 'raised' ? 'guide.acknowledgeFirst' : 'guide.notYours')}
          </span>
        )}
      </div>
    </div>
  );
}

function PersonLine({
  person,
  number,
  dispatch,
  isMine,
  told,
}: {
  person: DispatchPerson;
  number: number;
  dispatch: Dispatch;
  isMine: boolean;
  told: Told | undefined;
}) {
  const { t } = useTranslation();
  const { session } = useSession();
  const toldText = useToldText();
  const { displayName, relation, group, hasKey, isOnDuty, phone, channels } = person;
  const way = dispatch.wayOf(person);
  const isSending = dispatch.isSending(person);
  const link = told?.is === 'withdrawn' ? null : (told?.notificationId ?? null);
  return (
    <li data-testid={`dispatch-${person.id}`} data-way={way} data-told={told?.report ?? told?.is}>
      <button
        type="button"
        className="guide-row dispatch-send"
        disabled={!isMine || isSending}
        data-testid="dispatch-send"
        onClick={() => dispatch.send(person, way)}
      >
        <span className="dispatch-number">{number <= keyedPeople && <kbd>{number}</kbd>}</span>
        <span>
          <strong>{displayName}</strong>{' '}
          <span className="dim">{relation === '' ? t(`dispatch.group.${group}`) : relation}</span>
          {hasKey && <span className="key-mark">⚷ {t('alarm.hasKey')}</span>}
          {isOnDuty && <span className="dispatch-duty">{t('dispatch.onDuty')}</span>}
        </span>
        <span className="dispatch-way">
          {isSending ? t('guide.sending') : wayText(way, told !== undefined)}
        </span>
      </button>
      <p className="dispatch-more">
        {phone === null ? (
          <span className="dim">{t('dispatch.noNumber')}</span>
        ) : (
          <a href={phoneLink(phone)} aria-label={t('queue.call', { phone })}>
            <PhoneMark />
            {spokenPhone(phone)}
          </a>
        )}
        {channels.length === 0 && <span className="warning">{t('dispatch.noChannel')}</span>}
        {told !== undefined && (
          <span className="dispatch-told" data-testid="dispatch-told" data-is={told.is}>
            {toldText(told)} <time dateTime={told.at}>{clockTime(told.at, session.hub.timeZone)}</time>
          </span>
        )}
        {isMine && link !== null && (
          <button
            type="button"
            className="dispatch-withdraw"
            data-testid="dispatch-withdraw"
            onClick={() => dispatch.withdraw(link)}
          >
            {t('dispatch.withdraw')}
          </button>
        )}
      </p>
    </li>
  );

  function wayText(which: DispatchWay, isAgain: boolean): string {
    if (which === 'phone') return t('dispatch.askedByPhone');
    const names = channels.map((channel) => t(`channel.${channel}`)).join(' → ');
    return t(isAgain ? 'dispatch.sendAgain' : 'dispatch.send', { channels: names });
  }
}
