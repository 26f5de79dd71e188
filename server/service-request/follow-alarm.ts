import { isServiceKind } from '@carebell/contracts/service-kinds.ts';
import type { AlarmStep } from '../alarm/alarm-state.ts';
import type { AlarmRecord } from '../alarm/alarm-store.ts';
import type { Transaction } from '../journal/transaction.ts';
import { applyToRequest, enterRequest } from './request-service.ts';
import type { RequestInput } from './request-state.ts';
import type { RequestRecord } from './request-store.ts';

/**
 * The request of an alarm that rings for a service goes the way of its alarm, in the same transaction: raised it is asked for,
 * acknowledged it is taken, closed it is arranged or over.
 */
export async function followAlarm(
  tx: Transaction,
  alarm: AlarmRecord,
  steps: readonly AlarmStep[],
): Promise<void> {
  const { state } = alarm;
  if (!isServiceKind(state.kind) || state.drill) return;
  for (const step of steps) {
    if (step.step === 'raised') {
      const whose = { ...placeOf(alarm), deviceId: step.deviceId, alarmId: alarm.id };
      const { kind, test } = state;
      const asked = { kind, askedAtMs: state.pressedAtMs, user: null, isTaken: false };
      await enterRequest(tx, whose, { ...asked, ...(test ? { test } : {}) });
      continue;
    }
    const input = inputOf(step);
    if (!input && step.step !== 'device-entered') continue;
    const request = await tx.requests.ofAlarm(alarm.id);
    if (!request) continue;
    if (!input) {
      // Somebody entered the device that was pressed: the request is its resident's from here on.
      Object.assign(request, placeOf(alarm), { heldBy: request.heldBy ?? alarm.stationId });
      await tx.requests.update(request);
      tx.touched.requests.add(request.id);
    } else if (isNews(step, request)) {
      // What this asks of the alarm is what the alarm has just done.
      await applyToRequest(tx, request, input);
    }
  }
}

/** What the request itself has done to its alarm is nothing new to it. */
function isNews({ step }: AlarmStep, { state }: RequestRecord): boolean {
  if (step === 'closed') return state.phase === 'asked' || state.phase === 'taken';
  return step !== 'resident-asked' || state.feedback === null;
}

function placeOf({ residentId, dwellingId, stationId }: AlarmRecord) {
  return { residentId, dwellingId, stationId };
}

function inputOf(step: AlarmStep): RequestInput | undefined {
  switch (step.step) {
    case 'pressed-again':
      return { type: 'pressed-again', deviceId: step.deviceId };
    case 'acknowledged':
      return { type: 'take', user: step.user, takeOver: true };
    case 'taken-over':
      return { type: 'take', user: step.user, takeOver: true };
    case 'handed-over':
      return { type: 'take', user: step.to, takeOver: true };
    case 'acknowledgement-expired':
      return { type: 'release', user: step.user };
    case 'taken-as-real':
      return { type: 'taken-as-real' };
    case 'reassurance-shown':
      return { type: 'told', deviceId: step.deviceId, state: step.state, ok: true, reason: '' };
    case 'reassurance-failed':
      return { type: 'told', deviceId: step.deviceId, state: step.state, ok: false, reason: step.reason };
    case 'closed':
      return endOf(step);
    case 'resident-asked':
      return step.score === null
        ? undefined
        : { type: 'feedback', user: step.user, score: step.score, note: step.note };
    case 'reopened':
      return { type: 'reopen', user: step.user, note: step.note };
    default:
      return undefined;
  }
}

/** What the closing of the alarm says of the request. */
function endOf({ user, disposition, note }: Extract<AlarmStep, { step: 'closed' }>): RequestInput {
  switch (disposition) {
    case 'test':
      return { type: 'cancel', user, reason: 'test', note };
    case 'false-alarm':
      return { type: 'cancel', user, reason: 'by-mistake', note };
    case 'no-one-reached':
    case 'other':
      return { type: 'refuse', user, reason: 'other', note: note === '' ? disposition : note };
    default:
      return { type: 'arrange', user, provider: null, forMs: null, note };
  }
}
