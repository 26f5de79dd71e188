import { reasonSentence } from '@carebell/contracts/detection-sentence.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { clockTime, dayAndTime } from '../app/instants.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { usePainted } from '../live-feed/use-painted.ts';
import { useSession } from '../log-in/session.ts';
import { useAlarmDesk } from './alarm-desk.ts';
import { AlarmMarks } from './AlarmMarks.tsx';
import { DeadlineBar } from './DeadlineBar.tsx';
import { Elapsed } from './Elapsed.tsx';
import { KindSign } from './KindSign.tsx';
import { momentText } from './moment-text.ts';
import { TakeAsReal } from './TakeAsReal.tsx';
import { canReopen } from './reopening.ts';
import type { ShownAlarm } from './pending-steps.ts';

/** What it is, since when, who has it, and what can be done. */
export function AlarmHead({ alarm, neighbours }: { alarm: ShownAlarm; neighbours: ReactNode }) {
  const { t, i18n } = useTranslation();
  const { session, may } = useSession();
  const { timeZone } = session.hub;
  const ref = usePainted<HTMLElement>(alarm);
  return (
    <header
      ref={ref}
      className="alarm-head"
      data-testid={`alarm-${alarm.id}`}
      data-priority={alarm.priority}
      data-phase={alarm.phase}
      data-kind={alarm.kind}
      data-stored={alarm.isStored}
    >
      <Link to="/" className="alarm-back" aria-label={t('alarm.back')}>
        ‹
      </Link>
      <KindSign kind={alarm.kind} priority={alarm.priority} />
      <div className="alarm-title">
        <h1>
          {t(`kind.${alarm.kind}`)}
          <span>
            {t(`priority.${alarm.priority}`)} · {t(`phase.${alarm.phase}`)}
          </span>
        </h1>
        <AlarmMarks alarm={alarm} />
        {alarm.testId !== undefined && alarm.phase !== 'closed' && may('alarm.acknowledge') && (
          <TakeAsReal alarmId={alarm.id} />
        )}
        {alarm.reason && (
          <p className="alarm-reason" data-testid="reason">
            {reasonSentence(alarm.reason, i18n.language === 'en' ? 'en' : 'zh-CN', timeZone)}
          </p>
        )}
      </div>
      <div className="alarm-tools not-for-print">
        {neighbours}
        <button type="button" className="step-button" data-testid="print" onClick={() => print()}>
          {t('casePage.print')}
        </button>
        {may('case.export') && (
          <Link to={`/alarms/${alarm.id}/case-file`} className="step-button" data-testid="case-file-link">
            {t('casePage.file')}
          </Link>
        )}
      </div>
      <div className="alarm-clock">
        {alarm.phase === 'closed' ? (
          <span className="alarm-elapsed">{t('alarm.closedBanner')}</span>
        ) : (
          <Elapsed since={alarm.pressedAt} className="alarm-elapsed" />
        )}
        <span title={dayAndTime(alarm.pressedAt, timeZone)}>
          {t(momentText(alarm.kind), { time: clockTime(alarm.pressedAt, timeZone) })}
        </span>
        <DeadlineBar alarm={alarm} />
      </div>
      {(alarm.phase === 'closed' || may('alarm.acknowledge')) && (
        <AlarmSteps alarm={alarm} myId={session.user.id} />
      )}
    </header>
  );
}

function AlarmSteps({ alarm, myId }: { alarm: ShownAlarm; myId: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const desk = useAlarmDesk();
  const { owner, phase } = alarm;

  if (phase === 'closed') {
    return (
      <div className="alarm-steps">
        <strong data-testid="alarm-owner">{owner?.displayName}</strong>
        <span>{alarm.disposition !== null && t(`disposition.${alarm.disposition}`)}</span>
        <TakeBack alarm={alarm} myId={myId} />
      </div>
    );
  }
  if (!alarm.isStored) {
    return <div className="alarm-steps alarm-not-stored">{t('mark.notStoredLong')}</div>;
  }
  if (phase === 'raised') {
    return (
      <div className="alarm-steps">
        <button
          type="button"
          className="step-button row-acknowledge"
          data-testid="acknowledge"
          onClick={() => desk.acknowledge(alarm)}
        >
          {t('queue.acknowledge')} <kbd>A</kbd>
        </button>
      </div>
    );
  }
  const isMine = owner?.id === myId;
  return (
    <div className="alarm-steps">
      <strong data-testid="alarm-owner" data-mine={isMine}>
        {alarm.isPending
          ? t('queue.sending')
          : isMine
            ? t('queue.ownerMe')
            : t('queue.owner', { name: owner?.displayName ?? '' })}
      </strong>
      {!isMine && (
        <button
          type="button"
          className="step-button"
          data-testid="take-over"
          onClick={() => desk.takeOver(alarm)}
        >
          {t('queue.takeOver')} <kbd>⇧A</kbd>
        </button>
      )}
      {(isMine || may('alarm.close-others')) && (
        <button
          type="button"
          className="step-button"
          data-main={isMine}
          data-testid="close"
          onClick={() => desk.beginClose(alarm)}
        >
          {t('queue.close')} <kbd>C</kbd>
        </button>
      )}
    </div>
  );
}

function TakeBack({ alarm, myId }: { alarm: ShownAlarm; myId: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const desk = useAlarmDesk();
  const hubNow = useNow() + useFeedLink().clockOffsetMs;
  if (!canReopen(alarm, { id: myId, mayCloseForOthers: may('alarm.close-others') }, hubNow)) return null;
  return (
    <button
      type="button"
      className="step-button not-for-print"
      data-testid="reopen"
      onClick={() => desk.reopen(alarm)}
    >
      {t('undo.takeBack')}
    </button>
  );
}
