import type { Person } from '@carebell/contracts/alarm-view.ts';
import type { DispatchWay } from '@carebell/contracts/dispatch-ways.ts';
import { applyTo } from '../alarm/alarm-service.ts';
import type { AlarmOutcome } from '../alarm/alarm-service.ts';
import type { AlarmRecord } from '../alarm/alarm-store.ts';
import type { DoneStep } from '../handling/handling-state.ts';
import { stepsOf } from '../handling/handling-works.ts';
import type { Transaction } from '../journal/transaction.ts';
import { createChannelLookup } from '../notification/channel-lookup.ts';
import { joinedTo } from './dispatch-cells.ts';
import { dispatchPeople } from './dispatch-people.ts';

type DispatchOutcome =
  | { ok: true; isJoined: boolean }
  | Extract<AlarmOutcome, { ok: false }>
  | { ok: false; reason: 'responder-unknown' | 'no-channel' | 'script-step-unknown' };

/** Asks somebody to go there: alarm, time line and outbox in one commit, so that a crash loses nothing of it. */
async function dispatchResponder(
  tx: Transaction,
  call: { alarmId: string; user: Person; personId: string; way: DispatchWay; key?: string | undefined },
): Promise<DispatchOutcome> {
  const { alarmId, user, personId, way, key } = call;
  const alarm = await tx.alarms.load(alarmId);
  if (!alarm) return { ok: false, reason: 'not-found' };
  const { state } = alarm;
  const ownerId = state.phase === 'raised' ? null : state.owner.id;
  const people = await dispatchPeople(portsOf(tx), { ...alarm, ownerId });
  const found = people.find(({ person }) => person.id === personId);
  if (!found) return { ok: false, reason: 'responder-unknown' };
  if (way === 'link' && found.callee.channels.length === 0 && !state.drill)
    return { ok: false, reason: 'no-channel' };
  const step = await scriptStepOf(tx, alarm, key);
  if (step === undefined) return { ok: false, reason: 'script-step-unknown' };
  const ask = {
    responder: found.callee,
    way,
    linked: await tx.notifications.lastLink(alarmId, found.callee),
  };
  const isJoined = joinedTo(state, ask, tx.nowMs) !== null;
  // Each further person is no further step of the script.
  const isStepDone = (state.asked ?? []).some((one) => one.stepKey === step?.key);
  const outcome = await applyTo(tx, alarm, {
    type: 'responder-asked',
    ...ask,
    user,
    notificationId: tx.newId(),
    scriptStep: isStepDone ? null : step,
  });
  return outcome.ok ? { ok: true, isJoined } : outcome;
}

/** The link of this notification opens nothing any more; who took it back stands on the time line. */
async function withdrawLink(
  tx: Transaction,
  { notificationId, user }: { notificationId: string; user: Person },
): Promise<AlarmOutcome> {
  const notification = await tx.notifications.load(notificationId);
  if (!notification) return { ok: false, reason: 'not-found' };
  const { alarmId, recipient } = notification;
  if (notification.isLinkRevoked) return { ok: true, alarmId };
  notification.isLinkRevoked = true;
  await tx.notifications.update(notification);
  const alarm = await tx.alarms.load(alarmId);
  if (!alarm) return { ok: false, reason: 'not-found' };
  const { id, displayName } = recipient;
  const responder = { id, displayName };
  return applyTo(tx, alarm, { type: 'link-withdrawn', user, responder, notificationId });
}

export const dispatchWorks = { dispatchResponder, withdrawLink };

function portsOf(tx: Transaction) {
  const lookUp = createChannelLookup(tx);
  return {
    escalation: tx.escalation,
    nowMs: tx.nowMs,
    isServed: async (stationId: string | null, address: Parameters<typeof lookUp>[1]) =>
      (await lookUp(stationId, address))?.health.suspendedAtMs === null,
  };
}

/** The step that sends somebody; `null` where the script has none, `undefined` where it has no such step. */
async function scriptStepOf(
  tx: Transaction,
  alarm: AlarmRecord,
  key: string | undefined,
): Promise<DoneStep | null | undefined> {
  const steps = (await stepsOf(tx, alarm)).filter(({ action }) => action === 'dispatch');
  const step = key === undefined ? steps[0] : steps.find((one) => one.key === key);
  if (!step) return key === undefined ? null : undefined;
  return { key: step.key, action: step.action, text: step.text, answer: 'done', note: '' };
}
