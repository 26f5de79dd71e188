import type { ButtonKey, ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import type { LinkView } from '../device-link/device-link.ts';

/** The last key that was pressed here, and whether the resident has taken it back. */
export type LastCall = { key: ButtonKey; atMs: number; isCancelled: boolean };

/** What stands in large type above the keys. */
export type TerminalState =
  | { says: 'ready' }
  | { says: 'no-connection' }
  | { says: 'refused' }
  | { says: 'sending' }
  /** The press is kept here and tried again and again. */
  | { says: 'not-sent' }
  | { says: 'sent' }
  | { says: 'cancelled' }
  | { says: ReassuranceState };

/** A press that has not arrived after so long is said to have not. */
const soonMs = 2_500;
const sentShownMs = 120_000;
const cancelledShownMs = 8_000;
/** Afterwards it is a new call that somebody on the telephone must be told about. */
export const cancelWithinMs = 60_000;

/** A press that is on its way comes before everything that was said about an earlier one. */
export function terminalState(view: LinkView, lastCall: LastCall | undefined, nowMs: number): TerminalState {
  const unsent = view.waiting.filter(({ kind }) => kind === 'button.pressed');
  const oldest = Math.min(...unsent.map(({ happenedAtMs }) => happenedAtMs));
  if (unsent.length > 0) {
    const isOverdue = nowMs - oldest > soonMs || (view.link !== 'online' && view.link !== 'connecting');
    return { says: isOverdue ? 'not-sent' : 'sending' };
  }
  if (lastCall?.isCancelled === true && nowMs - lastCall.atMs < cancelledShownMs)
    return { says: 'cancelled' };
  if (view.reassurance !== null) return { says: view.reassurance.state };
  if (view.link === 'refused') return { says: 'refused' };
  if (view.link === 'off' || view.link === 'offline') return { says: 'no-connection' };
  if (lastCall !== undefined && !lastCall.isCancelled && nowMs - lastCall.atMs < sentShownMs)
    return { says: 'sent' };
  return { says: 'ready' };
}

export function mayCancel(view: LinkView, lastCall: LastCall | undefined, nowMs: number): boolean {
  if (lastCall === undefined || lastCall.isCancelled || view.reassurance?.state === 'closed') return false;
  return nowMs - lastCall.atMs < cancelWithinMs;
}
