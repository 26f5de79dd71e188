import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { KeyCommand } from '../alarm-queue/key-command.ts';
import { KeyHelp } from '../alarm-queue/KeyHelp.tsx';
import { urgencyOrder } from '../alarm-queue/queue-order.ts';
import { useKeyCommands } from '../alarm-queue/use-key-commands.ts';
import { HubProblem, resultOrThrow } from '../api/hub-problem.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { useProblemText } from '../app/problem-text.ts';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { useAlarmBook } from '../live-feed/feed-context.ts';
import { AlarmHead } from './AlarmHead.tsx';
import { useAlarmDesk } from './alarm-desk.ts';
import { CaseNeighbours } from './CaseNeighbours.tsx';
import { ContactPanel } from './ContactPanel.tsx';
import { DrillNotice } from './DrillBand.tsx';
import { TestNotice } from './TestMark.tsx';
import { DevicePanel } from './DevicePanel.tsx';
import { EscalationPanel } from './EscalationPanel.tsx';
import type { ShownAlarm } from './pending-steps.ts';
import { GuidePanel } from '../handling/GuidePanel.tsx';
import { useHandling } from '../handling/use-handling.ts';
import { useHandlingKeys } from '../handling/use-handling-keys.ts';
import { ResidentPanel } from './ResidentPanel.tsx';
import { Timeline } from './Timeline.tsx';
import './alarm.css';

/** One alarm with all that the person who answers needs. */
export function AlarmPage() {
  const { alarmId = '' } = useParams();
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { api, sound } = useWorkplace();
  const { may } = useSession();
  const desk = useAlarmDesk();
  const problemText = useProblemText();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const live = desk.alarms.get(alarmId);
  const version = useLatestVersion(alarmId);
  // The version is part of the key: a newer one on the feed fetches the page anew and keeps the old one meanwhile.
  const { data, error, refetch } = useQuery({
    queryKey: ['alarm', alarmId, version],
    queryFn: () => resultOrThrow(api.alarm(alarmId)),
    placeholderData: (before: AlarmDetail | undefined) => (before?.id === alarmId ? before : undefined),
  });
  const shown: ShownAlarm | undefined = data === undefined ? live : newerOf(data, live);

  const openIds = [...desk.alarms.values()].toSorted(urgencyOrder).map(({ id }) => id);
  const place = openIds.indexOf(alarmId);
  // From a closed case both lead to the most urgent open one.
  const next = openIds[place + 1];
  const previous = place === -1 ? openIds[0] : openIds[place - 1];

  /** Whether the key was meant for this page. */
  function carryOut(command: KeyCommand): boolean {
    if (command === 'leave') void navigate('/');
    if (command === 'next-open' && next !== undefined) void navigate(`/alarms/${next}`);
    if (command === 'previous-open' && previous !== undefined) void navigate(`/alarms/${previous}`);
    if (command === 'hush') sound.toggleHush();
    if (command === 'help') setHelpOpen(true);
    if (shown !== undefined && shown.phase !== 'closed') {
      if (command === 'acknowledge') desk.acknowledge(shown);
      if (command === 'take-over') desk.takeOver(shown);
      if (command === 'close') desk.beginClose(shown);
    }
    const isStep = command === 'next' || command === 'previous';
    if (isStep && isGuided) handling.move(command === 'next' ? 1 : -1);
    return (!isStep || isGuided) && command !== 'open';
  }
  const noteInput = useRef<HTMLInputElement>(null);
  const handling = useHandling({ alarm: shown, script: data?.script, timeline: data?.timeline });
  // Seen by whoever may answer it, before they do: nothing moves when they have.
  const isGuided = shown !== undefined && shown.phase !== 'closed' && may('alarm.acknowledge');
  useHandlingKeys(handling, isGuided && !isHelpOpen, () => noteInput.current?.focus());
  useKeyCommands(carryOut);

  if (shown === undefined && error !== null) {
    const isMissing = error instanceof HubProblem && error.problem.status === 404;
    return (
      <main className="page-centre">
        {isMissing ? (
          <p>{t('alarm.notFound')}</p>
        ) : (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        )}
      </main>
    );
  }
  if (shown === undefined) return <PageLoading />;
  return (
    <main className="alarm-page">
      {shown.drillId !== undefined && <DrillNotice />}
      {shown.testId !== undefined && <TestNotice />}
      <AlarmHead
        alarm={shown}
        neighbours={<CaseNeighbours previous={previous} next={next} place={place + 1} all={openIds.length} />}
      />
      <div className="alarm-columns" data-guided={isGuided}>
        <ResidentPanel alarm={shown} detail={data} handling={handling} />
        {isGuided ? (
          <GuidePanel alarm={shown} handling={handling} noteInput={noteInput} />
        ) : (
          <ContactPanel detail={data} />
        )}
        <div className="alarm-column">
          <EscalationPanel alarm={shown} timeline={data?.timeline} />
          <Timeline
            entries={data?.timeline}
            note={error instanceof HubProblem ? problemText(error.problem) : undefined}
          />
        </div>
        <DevicePanel alarm={shown} device={data?.device} />
      </div>
      {isHelpOpen && <KeyHelp onDone={() => setHelpOpen(false)} />}
    </main>
  );
}

/** The version that the feed knows, of an open alarm or of one just closed. */
function useLatestVersion(alarmId: string): number {
  const { alarms, endedVersions } = useAlarmBook();
  return alarms.get(alarmId)?.version ?? endedVersions.get(alarmId) ?? 0;
}

/** The feed is ahead of the page until it is fetched anew; and it knows this person's unanswered steps. */
function newerOf(detail: AlarmDetail, live: ShownAlarm | undefined): ShownAlarm {
  if (live !== undefined && (live.isPending || live.version >= detail.version)) return live;
  return { ...detail, isPending: false };
}
