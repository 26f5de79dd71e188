import type { Answer, HubRefusal } from '../api/hub-api.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { App } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ownProblem } from '../api/hub-api.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { isTrusted, useAlarmBook, useIsTrusted, useLiveFeed } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { AlarmDeskContext } from './alarm-desk.ts';
import { ClosingUndo } from './ClosingUndo.tsx';
import type { AlarmDesk } from './alarm-desk.ts';
import type { PendingSteps, ShownAlarm } from './pending-steps.ts';
import { withPendingSteps } from './pending-steps.ts';

const CloseDialog = lazy(async () => ({ default: (await import('./CloseDialog.tsx')).CloseDialog }));

type Step = 'acknowledge' | 'take-over' | 'close';
const noSteps: PendingSteps = new Map();

/** A press on a screen that is out of touch is answered for longer: it must be read. */
const answeredForSeconds = { usual: 4, cut: 12 };

/** Carries out what a person decides, shows it at once, and takes it back when the hub refuses. */
export function AlarmDeskProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const { api, ticker } = useWorkplace();
  const { session, may, expire } = useSession();
  const feed = useLiveFeed();
  const book = useAlarmBook();
  const problemText = useProblemText();
  const [pending, setPending] = useState<PendingSteps>(new Map());
  const [closing, setClosing] = useState<ShownAlarm>();
  const [undoable, setUndoable] = useState<AlarmView>();
  const isTrustedNow = useIsTrusted();
  const { id: myId, displayName } = session.user;

  const alarms = useMemo(
    // While nobody knows whether a step arrives, the alarm stands as the hub last said.
    () => withPendingSteps(book.alarms, isTrustedNow ? pending : noSteps, { id: myId, displayName }),
    [book.alarms, pending, isTrustedNow, myId, displayName],
  );

  async function carryOut(
    alarm: ShownAlarm,
    step: Step,
    call: () => Promise<Answer<AlarmView>>,
  ): Promise<HubRefusal | undefined> {
    if (isCut()) return ownProblem('screen-cut', 0, 'The live feed is silent');
    setPending((before) => new Map(before).set(alarm.id, step));
    const answer = await call();
    if (answer.ok) feed.takeAnswer(answer.result);
    setPending((before) => {
      const after = new Map(before);
      after.delete(alarm.id);
      return after;
    });
    if (answer.ok) {
      setUndoable(step === 'close' ? answer.result : undefined);
      return undefined;
    }
    if (answer.problem.status === 401) expire();
    return answer.problem;
  }

  /** Who was faster stands in the alarm itself; it may not have come through the feed yet. */
  async function explain(alarm: ShownAlarm, problem: HubRefusal) {
    if (problem.status !== 409) {
      void message.error(t('queue.failed', { reason: problemText(problem) }), 6);
      return;
    }
    const fresh = await api.alarm(alarm.id);
    if (fresh.ok) feed.takeAnswer(fresh.result);
    const owner = fresh.ok ? fresh.result.owner : null;
    const isOpen = fresh.ok && fresh.result.phase !== 'closed';
    const text =
      owner !== null && isOpen ? t('queue.conflict', { name: owner.displayName }) : problemText(problem);
    void message.warning(text, 6);
  }

  async function acknowledge(alarm: ShownAlarm, isTakeOver: boolean) {
    const step = isTakeOver ? 'take-over' : 'acknowledge';
    const problem = await carryOut(alarm, step, () => api.acknowledge(alarm.id, isTakeOver));
    if (problem !== undefined) await explain(alarm, problem);
  }

  async function reopen(alarm: AlarmView) {
    setUndoable(undefined);
    const answer = await api.reopen(alarm.id, alarm.closedAt);
    if (answer.ok) {
      feed.takeAnswer(answer.result);
      void message.success(t('undo.done'), answeredForSeconds.usual);
      return;
    }
    if (answer.problem.status === 401) expire();
    void message.error(t('queue.failed', { reason: problemText(answer.problem) }), 6);
  }

  /** A press here would be neither sent in time nor seen to have arrived. */
  function isCut(): boolean {
    return !isTrusted(feed, ticker.now());
  }

  function isAnsweredAsCut(): boolean {
    if (!isCut()) return false;
    void message.error(t('problem.screen-cut'), answeredForSeconds.cut);
    return true;
  }

  /** Why this person cannot take this step now. */
  function obstacle(alarm: ShownAlarm, action: string): string | undefined {
    if (!may(action)) return t('queue.noRight');
    if (!alarm.isStored) return t('queue.cannotAcknowledgeNotStored');
    return undefined;
  }

  function isHindered(text: string | undefined): text is string {
    if (text !== undefined) void message.warning(text, answeredForSeconds.usual);
    return text !== undefined;
  }

  const desk: AlarmDesk = {
    alarms,
    acknowledge: (alarm) => {
      if (isAnsweredAsCut() || alarm.isPending || isHindered(obstacle(alarm, 'alarm.acknowledge'))) return;
      if (alarm.phase === 'raised') void acknowledge(alarm, false);
      else if (alarm.owner !== null && alarm.owner.id !== myId)
        void message.info(t('queue.notYours', { name: alarm.owner.displayName }), 4);
    },
    takeOver: (alarm) => {
      if (isAnsweredAsCut() || alarm.isPending || isHindered(obstacle(alarm, 'alarm.acknowledge'))) return;
      if (alarm.phase === 'raised') {
        void acknowledge(alarm, false);
        return;
      }
      if (alarm.owner === null || alarm.owner.id === myId) return;
      modal.confirm({
        title: t('takeOver.title'),
        content: t('takeOver.text', { name: alarm.owner.displayName, kind: t(`kind.${alarm.kind}`) }),
        okText: t('takeOver.confirm'),
        cancelText: t('takeOver.cancel'),
        centered: true,
        autoFocusButton: 'ok',
        okButtonProps: { 'data-testid': 'take-over-confirm' },
        onOk: () => void acknowledge(alarm, true),
      });
    },
    beginClose: (alarm) => {
      if (isAnsweredAsCut() || alarm.isPending || isHindered(obstacle(alarm, 'alarm.close'))) return;
      if (alarm.phase === 'raised') isHindered(t('queue.acknowledgeFirst'));
      else if (alarm.owner !== null && alarm.owner.id !== myId && !may('alarm.close-others'))
        isHindered(t('queue.notYours', { name: alarm.owner.displayName }));
      else setClosing(alarm);
    },
    handle: async (alarm, call) => {
      if (isAnsweredAsCut() || isHindered(obstacle({ ...alarm, isStored: true }, 'alarm.acknowledge')))
        return false;
      if (alarm.isStored && alarm.phase === 'raised') {
        isHindered(t('guide.acknowledgeFirst'));
        return false;
      }
      if (alarm.owner !== null && alarm.owner.id !== myId) {
        isHindered(t('queue.notYours', { name: alarm.owner.displayName }));
        return false;
      }
      const answer = await call();
      if (answer.ok) {
        if (answer.result !== undefined) feed.takeAnswer(answer.result);
        return true;
      }
      if (answer.problem.status === 401) expire();
      await explain(alarm, answer.problem);
      return false;
    },
    close: async (alarm, body) => carryOut(alarm, 'close', () => api.close(alarm.id, body)),
    reopen: (alarm) => {
      if (isAnsweredAsCut() || isHindered(obstacle({ ...alarm, isPending: false }, 'alarm.close'))) return;
      void reopen(alarm);
    },
  };

  return (
    <AlarmDeskContext value={desk}>
      {children}
      {closing !== undefined && (
        <Suspense>
          <CloseDialog key={closing.id} alarm={closing} onDone={() => setClosing(undefined)} />
        </Suspense>
      )}
      {undoable !== undefined && (
        <ClosingUndo
          key={`${undoable.id} ${undoable.version}`}
          alarm={undoable}
          onUndo={() => desk.reopen(undoable)}
          onDone={() => setUndoable(undefined)}
        />
      )}
    </AlarmDeskContext>
  );
}
