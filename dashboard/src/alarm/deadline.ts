import type { Priority } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';

/**
 * Milliseconds from the press within which a person should have answered: 60 s, the figure that alarm receiving
 * centres are held to. Equipment has no one waiting behind it.
 */
const answerWithinMs: Record<Priority, number | undefined> = {
  emergency: 60_000,
  urgent: 60_000,
  service: 60_000,
  technical: undefined,
};

export type Deadline = {
  /**
   * `display`: it goes to further screens unless one shows it; `answer`: somebody should have it by then;
   * `acknowledgement`: it waits again unless something follows; `on-site`: somebody should be there by then;
   * `call-back`: its owner wants to be rung then.
   */
  kind: 'display' | 'answer' | 'acknowledgement' | 'on-site' | 'call-back';
  /** Negative once it has passed. */
  leftMs: number;
  /** What is left of the time, 1 to 0. */
  share: number;
};

type Awaited = Pick<AlarmView, 'phase' | 'priority' | 'pressedAt' | 'raisedAt'> &
  Pick<AlarmView, 'displayedAt' | 'displayDeadlineAt' | 'acknowledgedAt' | 'escalation' | 'callBack'>;

/** An acknowledgement that ends this soon is about to. */
const lapsesSoonMs = 120_000;

/** What must happen next with an alarm, and how soon; `undefined` when nothing is timed. */
export function nextDeadline(alarm: Awaited, hubNow: number): Deadline | undefined {
  if (alarm.phase === 'acknowledged') return afterAnswer(alarm, hubNow);
  if (alarm.phase === 'closed') return undefined;
  const pressedAt = Date.parse(alarm.pressedAt);
  const within = answerWithinMs[alarm.priority];
  const answer = within === undefined ? undefined : until('answer', pressedAt, pressedAt + within, hubNow);
  if (alarm.displayedAt !== null || alarm.displayDeadlineAt === null) return answer;
  const displayAt = Date.parse(alarm.displayDeadlineAt);
  const display = until('display', Date.parse(alarm.raisedAt), displayAt, hubNow);
  return answer === undefined || display.leftMs < answer.leftMs ? display : answer;
}

/** While somebody has it: until when something must follow, if that is near, or somebody be there. */
function afterAnswer(alarm: Awaited, hubNow: number): Deadline | undefined {
  const from = Date.parse(alarm.acknowledgedAt ?? alarm.pressedAt);
  const { acknowledgementExpiresAt = null, onSiteDueAt = null } = alarm.escalation ?? {};
  if (acknowledgementExpiresAt !== null) {
    const lapse = until('acknowledgement', from, Date.parse(acknowledgementExpiresAt), hubNow);
    if (lapse.leftMs <= lapsesSoonMs) return lapse;
  }
  const onSite =
    onSiteDueAt === null
      ? undefined
      : until('on-site', Date.parse(alarm.pressedAt), Date.parse(onSiteDueAt), hubNow);
  if (alarm.callBack === undefined) return onSite;
  const callBack = until('call-back', from, Date.parse(alarm.callBack.dueAt), hubNow);
  // Whoever asked to be rung is told first that it is time.
  return onSite === undefined || callBack.leftMs <= Math.max(0, onSite.leftMs) ? callBack : onSite;
}

function until(kind: Deadline['kind'], from: number, to: number, now: number): Deadline {
  const share = to <= from ? 0 : (to - now) / (to - from);
  return { kind, leftMs: to - now, share: Math.min(1, Math.max(0, share)) };
}
