import type { AlarmBoard } from '../care-station/alarm-board.ts';
import type { FollowerStatus } from '../history/follower.ts';
import type { Gate } from '../journal/gate.ts';
import type { Dispatcher } from '../notification/dispatcher.ts';

/** How far the hub has come with what it was given to do, for whoever moves its clock. */
export type Standing = {
  /** Nothing waits for the store, and no message is on its way out. */
  isAtRest: boolean;
  /** The history has all that the journal has. */
  isHistoryWhole: boolean;
  /** When something of an open alarm is due. */
  nextDueMs: number | null;
  alarmCursor: number;
};

export function standingOf(ports: {
  gate: Pick<Gate, 'depth'>;
  board: Pick<AlarmBoard, 'listen' | 'nextDeadlineAt'>;
  notifications: { activity: Dispatcher['activity'] };
  history: { status(): FollowerStatus };
}): () => Standing {
  const { gate, board, notifications, history } = ports;
  let alarmCursor = 0;
  board.listen({
    changed: ({ cursor }) => {
      alarmCursor = Math.max(alarmCursor, cursor);
    },
    notStoredEnded: () => undefined,
  });
  return () => {
    const { isLooking, sending } = notifications.activity();
    const { cursor, journalSeq } = history.status();
    const next = board.nextDeadlineAt();
    return {
      isAtRest: gate.depth() === 0 && !isLooking && sending === 0,
      isHistoryWhole: cursor >= journalSeq,
      nextDueMs: next === null ? null : Date.parse(next),
      alarmCursor,
    };
  };
}
