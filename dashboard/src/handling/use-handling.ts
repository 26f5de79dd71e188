import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import { answersTo } from '@carebell/contracts/script-answers.ts';
import type { AccessView, AlarmScript, AlarmScriptStep } from '@carebell/contracts/handling.ts';
import type { ScriptAnswer } from '@carebell/contracts/script-answers.ts';
import { useEffect, useRef, useState } from 'react';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { handlingApi } from './handling-api.ts';
import { neighbourStep, progressOf, recommendedStep } from './script-progress.ts';
import type { Progress } from './script-progress.ts';

/** Two answers closer together than this are one key pressed twice: the second would answer the next step unread. */
export const unreadMs = 400;
export const callBackMinutes = [5, 15, 30, 60] as const;

export type Handling = {
  steps: readonly AlarmScriptStep[];
  progress: Progress;
  current: AlarmScriptStep | undefined;
  /** This person has the alarm, so that their answers count. */
  isMine: boolean;
  /** How to get in, once it was asked for; `'asking'` meanwhile. */
  access: AccessView | 'asking' | undefined;
  isCallingBack: boolean;
  /** Whoever is to be sent is chosen now: by the key of it, or because the current step says so. */
  isSending: boolean;
  /** Chosen outside of the step, or after it was done. */
  isSendOpen: boolean;
  timeline: readonly TimelineEntry[];
  pick: (key: string) => void;
  move: (by: 1 | -1) => void;
  /** The answer with this number, from 1: of the current step, or of the call-back. `atMs` is when the key or button was pressed. */
  answer: (number: number, atMs: number) => void;
  toggleAccess: () => void;
  toggleCallBack: () => void;
  toggleSending: () => void;
  /** The people stay before whoever sends although the step is done with the first. */
  keepSending: () => void;
  note: (text: string) => Promise<boolean>;
};

type Props = {
  alarm: ShownAlarm | undefined;
  script: AlarmScript | undefined;
  timeline: readonly TimelineEntry[] | undefined;
};

/** Handling one alarm by its script: what is answered shows at once, and goes back if the hub refuses it. */
export function useHandling({ alarm, script, timeline }: Props): Handling {
  const { api } = useWorkplace();
  const { session } = useSession();
  const desk = useAlarmDesk();
  const [pending, setPending] = useState<ReadonlyMap<string, ScriptAnswer>>(new Map());
  const [picked, setPicked] = useState<string>();
  const [access, setAccess] = useState<AccessView | 'asking'>();
  const [isCallingBack, setCallingBack] = useState(false);
  const [isSendOpen, setSendOpen] = useState(false);
  const answeredAt = useRef(-Infinity);
  const alarmId = alarm?.id ?? '';
  const isMine = alarm?.phase === 'acknowledged' && alarm.owner?.id === session.user.id;
  const steps = script?.steps ?? [];
  const progress = progressOf(timeline ?? [], pending);
  const key = steps.some((step) => step.key === picked) ? picked : recommendedStep(steps, progress);
  const current = steps.find((step) => step.key === key);
  const hub = handlingApi(api, alarmId);

  // What was shown of one alarm is not shown of the next, nor to whoever does not have it any more.
  useEffect(() => {
    if (!isMine) setAccess(undefined);
  }, [isMine, alarmId]);
  useEffect(() => {
    setPicked(undefined);
    setCallingBack(false);
    setSendOpen(false);
    setPending(new Map());
    setAccess(undefined);
  }, [alarmId]);
  // The time line has come: what it says takes the place of what was only pressed.
  const confirmed = timeline?.length;
  useEffect(() => {
    setPending((before) => {
      const left = [...before].filter(
        ([one, answer]) =>
          timeline?.findLast((entry) => entry.step === 'script-step-done' && entry.key === one)?.seq ===
            undefined || !isConfirmed(timeline, one, answer),
      );
      return left.length === before.size ? before : new Map(left);
    });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- its length says that there is more of it
  }, [confirmed]);

  async function doStep(step: AlarmScriptStep, answer: ScriptAnswer): Promise<void> {
    if (alarm === undefined) return;
    setPicked(undefined);
    setPending((before) => new Map(before).set(step.key, answer));
    const isDone = await desk.handle(alarm, () => hub.doStep(step.key, answer));
    if (isDone) return;
    setPending((before) => new Map([...before].filter(([one]) => one !== step.key)));
    setPicked(step.key);
  }

  async function viewAccess(): Promise<void> {
    if (alarm === undefined || access !== undefined) return;
    setAccess('asking');
    let shown: AccessView | undefined;
    await desk.handle(alarm, async () => {
      const answer = await hub.viewAccess();
      if (!answer.ok) return answer;
      shown = answer.result;
      return { ok: true, result: undefined };
    });
    setAccess(shown);
  }

  async function callBack(minutes: number | undefined): Promise<void> {
    if (alarm === undefined) return;
    setCallingBack(false);
    await desk.handle(alarm, () => (minutes === undefined ? hub.endCallBack() : hub.setCallBack(minutes)));
  }

  return {
    steps,
    progress,
    current,
    isMine,
    access,
    isCallingBack,
    isSending: !isCallingBack && (isSendOpen || current?.action === 'dispatch'),
    isSendOpen,
    timeline: timeline ?? [],
    pick: (chosen) => {
      setSendOpen(false);
      setPicked(chosen);
    },
    move: (by) => {
      setSendOpen(false);
      setPicked(neighbourStep(steps, key, by));
    },
    answer: (number, atMs) => {
      if (isCallingBack) {
        if (number === 0) void callBack(undefined);
        const minutes = callBackMinutes[number - 1];
        if (minutes !== undefined) void callBack(minutes);
        return;
      }
      setSendOpen(false);
      const answer = current === undefined ? undefined : answersTo(current)[number - 1];
      if (current === undefined || answer === undefined) return;
      if (atMs - answeredAt.current < unreadMs) return;
      answeredAt.current = atMs;
      if (current.action === 'access') void viewAccess();
      void doStep(current, answer);
    },
    toggleAccess: () => {
      if (access === undefined) void viewAccess();
      else if (access !== 'asking') setAccess(undefined);
    },
    toggleCallBack: () => setCallingBack((before) => !before),
    toggleSending: () => {
      setCallingBack(false);
      setSendOpen((before) => !before);
    },
    keepSending: () => setSendOpen(true),
    note: async (text) => alarm !== undefined && desk.handle(alarm, () => hub.note(text)),
  };
}

function isConfirmed(timeline: readonly TimelineEntry[], key: string, answer: ScriptAnswer): boolean {
  const entry = timeline.findLast((one) => one.step === 'script-step-done' && one.key === key);
  return entry?.step === 'script-step-done' && entry.answer === answer;
}
