import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useAlarmBook, useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { feedStateOf } from '../live-feed/feed-state.ts';
import { useSession } from '../log-in/session.ts';
import { AlarmRow } from './AlarmRow.tsx';
import type { RowActions } from './AlarmRow.tsx';
import { ArrivalVoice } from './ArrivalVoice.tsx';
import type { KeyCommand } from './key-command.ts';
import { KeyHelp } from './KeyHelp.tsx';
import { alarmToAcknowledge, neighbourOf } from './queue-order.ts';
import { QueueFoot } from './QueueFoot.tsx';
import { Tally } from './Tally.tsx';
import { useHeldAlarms } from './use-held-alarms.ts';
import { useKeyCommands } from './use-key-commands.ts';
import './alarm-queue.css';

/** How long a press may still be meant for a selected alarm that has ended. */
const aimLastsMs = 3_000;

/** The wall: every open alarm that this person may see, the most urgent first. */
export function AlarmQueuePage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { sound } = useWorkplace();
  const { session } = useSession();
  const desk = useAlarmDesk();
  const { alarms } = desk;
  const isFilled = useAlarmBook().isFilled;
  const { rows, onPointerMove } = useHeldAlarms(alarms);
  const [selected, setSelected] = useState<string>();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const isSelectedGone = selected !== undefined && !alarms.has(selected);

  useEffect(() => {
    if (!isSelectedGone) return;
    const timer = setTimeout(() => setSelected(undefined), aimLastsMs);
    return () => clearTimeout(timer);
  }, [isSelectedGone]);

  function acknowledgeByKey() {
    const found = alarmToAcknowledge(alarms, selected);
    if (!found.ok) {
      void message.info(t(found.reason === 'selected-gone' ? 'queue.selectedGone' : 'queue.noneToAcknowledge'));
      return setSelected(undefined);
    }
    setSelected(found.alarm.id);
    desk.acknowledge(found.alarm);
  }

  function carryOut(command: KeyCommand): boolean {
    const ids = rows.map((alarm) => alarm.id);
    const alarm = selected === undefined ? undefined : alarms.get(selected);
    switch (command) {
      case 'next':
        setSelected(neighbourOf(ids, selected, 1));
        return true;
      case 'previous':
        setSelected(neighbourOf(ids, selected, -1));
        return true;
      case 'acknowledge':
        acknowledgeByKey();
        return true;
      case 'take-over':
        if (alarm !== undefined) desk.takeOver(alarm);
        return true;
      case 'close':
        if (alarm !== undefined) desk.beginClose(alarm);
        return true;
      case 'open':
        if (alarm !== undefined) void navigate(`/alarms/${alarm.id}`);
        return alarm !== undefined;
      case 'leave':
        setSelected(undefined);
        return true;
      case 'hush':
        if (sound.view().hushedUntil === undefined) sound.hush();
        else sound.unhush();
        return true;
      case 'help':
        setHelpOpen(true);
        return true;
    }
  }
  useKeyCommands(carryOut);

  const latest = useRef({ desk, navigate });
  useEffect(() => {
    latest.current = { desk, navigate };
  });
  const [actions] = useState((): RowActions => {
    const run = (id: string, action: 'acknowledge' | 'takeOver' | 'beginClose') => {
      const alarm = latest.current.desk.alarms.get(id);
      if (alarm !== undefined) latest.current.desk[action](alarm);
    };
    return {
      select: setSelected,
      open: (id) => void latest.current.navigate(`/alarms/${id}`),
      acknowledge: (id) => run(id, 'acknowledge'),
      takeOver: (id) => run(id, 'takeOver'),
      close: (id) => run(id, 'beginClose'),
    };
  });

  return (
    <main className="queue">
      <Tally alarms={alarms} />
      <ArrivalVoice alarms={alarms} />
      <QueueBody isFilled={isFilled} isEmpty={rows.length === 0}>
        <ol className="rows" aria-label={t('queue.list')} onPointerMove={onPointerMove}>
          {rows.map((alarm) => (
              <AlarmRow
                key={alarm.id}
                alarm={alarm}
                isSelected={alarm.id === selected}
                myId={session.user.id}
                timeZone={session.hub.timeZone}
                actions={actions}
              />
            ))}
        </ol>
      </QueueBody>
      <QueueFoot />
      {isHelpOpen && <KeyHelp onDone={() => setHelpOpen(false)} />}
    </main>
  );
}

type BodyProps = { isFilled: boolean; isEmpty: boolean; children: ReactNode };

function QueueBody({ isFilled, isEmpty, children }: BodyProps) {
  const { t } = useTranslation();
  const { state } = feedStateOf(useFeedLink(), useNow());
  const isTrusted = state === 'live' || state === 'catching-up';
  if (!isFilled && isTrusted) {
    return (
      <div className="queue-note" role="status" aria-busy="true">
        <p>{t('queue.loading')}</p>
      </div>
    );
  }
  if (isEmpty) {
    return (
      <div className="queue-note" data-testid="queue-empty" data-trusted={isTrusted} role="status">
        <svg width="96" height="96" viewBox="0 0 96 96" fill="none" stroke="currentColor" strokeWidth="6" aria-hidden="true">
          <circle cx="48" cy="48" r="42" />
          {isTrusted ? <path d="m28 49 14 14 27-30" /> : <path d="M48 24v30m0 10v6" />}
        </svg>
        <h1>{isTrusted ? t('queue.empty') : t('queue.emptyUntrusted')}</h1>
        {isTrusted && <p>{t('queue.emptyHint')}</p>}
      </div>
    );
  }
  return (
    <div className="queue-scroll" data-trusted={isTrusted}>
      {children}
    </div>
  );
}
