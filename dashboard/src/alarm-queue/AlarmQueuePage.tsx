import { isRestored } from '@carebell/contracts/restored.ts';
import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { AwayLine } from '../absence/AwayLine.tsx';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useAlarmBook, useIsTrusted } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import type { RowActions } from './AlarmRow.tsx';
import { ArrivalVoice } from './ArrivalVoice.tsx';
import type { KeyCommand } from './key-command.ts';
import { KeyHelp } from './KeyHelp.tsx';
import { alarmToAcknowledge, neighbourOf } from './queue-order.ts';
import { QueueFoot } from './QueueFoot.tsx';
import { QueueRows } from './QueueRows.tsx';
import { MissedLink } from './MissedLink.tsx';
import { RestoredLink } from './RestoredLink.tsx';
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
  const held = useHeldAlarms(alarms);
  const isTrusted = useIsTrusted();
  const [selected, setSelected] = useState<string>();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isRestoredOpen, setRestoredOpen] = useState(false);
  const isSelectedGone = selected !== undefined && !alarms.has(selected);

  useEffect(() => {
    if (!isSelectedGone) return undefined;
    const timer = setTimeout(() => setSelected(undefined), aimLastsMs);
    return () => clearTimeout(timer);
  }, [isSelectedGone]);

  const next = alarmToAcknowledge(alarms, selected);

  function acknowledgeByKey() {
    if (!next.ok) {
      void message.info(
        t(next.reason === 'selected-gone' ? 'queue.selectedGone' : 'queue.noneToAcknowledge'),
      );
      setSelected(undefined);
      return;
    }
    setSelected(next.alarm.id);
    desk.acknowledge(next.alarm);
  }

  /** Whether the key was meant for this page. */
  function carryOut(command: KeyCommand): boolean {
    const ids = held.rows.map((alarm) => alarm.id);
    const alarm = selected === undefined ? undefined : alarms.get(selected);
    if (command === 'next') setSelected(neighbourOf(ids, selected, 1));
    if (command === 'previous') setSelected(neighbourOf(ids, selected, -1));
    if (command === 'acknowledge') acknowledgeByKey();
    if (command === 'leave') setSelected(undefined);
    if (command === 'hush') sound.toggleHush();
    if (command === 'help') setHelpOpen(true);
    if (command === 'close-restored' && [...alarms.values()].some(isRestored)) setRestoredOpen(true);
    if (command === 'next-open' || command === 'previous-open') return false;
    if (alarm === undefined) return command !== 'open';
    if (command === 'take-over') desk.takeOver(alarm);
    if (command === 'close') desk.beginClose(alarm);
    if (command === 'open') void navigate(`/alarms/${alarm.id}`);
    return true;
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
      <MissedLink alarms={alarms} />
      <RestoredLink
        alarms={alarms}
        isOpen={isRestoredOpen}
        onOpen={() => setRestoredOpen(true)}
        onDone={() => setRestoredOpen(false)}
      />
      <AwayLine />
      <ArrivalVoice alarms={alarms} />
      <QueueBody isFilled={isFilled} isEmpty={held.rows.length === 0} isTrusted={isTrusted}>
        <QueueRows
          {...held}
          selected={selected}
          nextId={next.ok ? next.alarm.id : undefined}
          myId={session.user.id}
          timeZone={session.hub.timeZone}
          actions={actions}
        />
      </QueueBody>
      <QueueFoot />
      {isHelpOpen && <KeyHelp onDone={() => setHelpOpen(false)} />}
    </main>
  );
}

type BodyProps = { isFilled: boolean; isEmpty: boolean; isTrusted: boolean; children: ReactNode };

function QueueBody({ isFilled, isEmpty, isTrusted, children }: BodyProps) {
  const { t } = useTranslation();
  if (!isFilled && isTrusted) {
    return (
      <output className="queue-note" aria-busy="true">
        <p>{t('queue.loading')}</p>
      </output>
    );
  }
  if (isEmpty) {
    return (
      <output className="queue-note" data-testid="queue-empty" data-trusted={isTrusted}>
        <svg
          width="96"
          height="96"
          viewBox="0 0 96 96"
          fill="none"
          stroke="currentColor"
          strokeWidth="6"
          aria-hidden="true"
        >
          <circle cx="48" cy="48" r="42" />
          {isTrusted ? <path d="m28 49 14 14 27-30" /> : <path d="M48 24v30m0 10v6" />}
        </svg>
        <h1>{isTrusted ? t('queue.empty') : t('queue.emptyUntrusted')}</h1>
        {isTrusted && <p>{t('queue.emptyHint')}</p>}
      </output>
    );
  }
  return children;
}
