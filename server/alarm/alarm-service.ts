import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import { isNobodysHome } from '@carebell/contracts/virtual-device-names.ts';
import type { DeviceHome } from '../device/device-store.ts';
import { mayBeTold } from '../drill/drill-audience.ts';
import { lineageOf, planOfAlarm } from '../escalation/alarm-plan.ts';
import { needsAt } from '../escalation/deadlines.ts';
import type { Notice } from '../escalation/escalation-state.ts';
import { peopleOf } from '../escalation/recipients.ts';
import type { Transaction } from '../journal/transaction.ts';
import { comesFromDevices, testOf, testSubject, testSubjects } from '../test-mode/test-mode.ts';
import { queueNotification } from '../notification/notification-service.ts';
import { followAlarm } from '../service-request/follow-alarm.ts';
import { chainHash, chainStart } from './alarm-chain.ts';
import { dueAtMs } from './alarm-due.ts';
import { decide, raise } from './alarm-machine.ts';
import type { RaisingEvent } from './alarm-machine.ts';
import type { AlarmPolicy } from './alarm-table.ts';
import { alarmSubject, canTellResident } from './alarm-rules.ts';
import type {
  AlarmCore,
  AlarmDecision,
  AlarmEffect,
  AlarmInput,
  AlarmRefusal,
  AlarmStep,
} from './alarm-state.ts';
import type { AlarmRecord } from './alarm-store.ts';
import { lifts } from './open-cells.ts';

/**
 * Five seconds for a screen to show an alarm before the next level is shown it too; ten minutes to notice that the
 * wrong case was closed.
 */
export const alarmPolicy: AlarmPolicy = { displayWithinMs: 5_000, reopenWithinMs: 600_000 };

/** A reassurance that says help is coming is false after a while; that a case is closed stays true for a day. */
const reassuranceLivesMs = {
  received: 600_000,
  answered: 600_000,
  'on-the-way': 600_000,
  closed: 86_400_000,
};

export type AlarmOutcome = { ok: true; alarmId: string } | { ok: false; reason: AlarmRefusal | 'not-found' };

/** Where what raises an alarm belongs. */
type AlarmHome = Pick<DeviceHome, 'deviceId' | 'residentId' | 'dwellingId' | 'stationId'>;

/** Raises an alarm for an event, or lets the event join the subject's open alarm: state, steps and effects in this transaction. */
export async function raiseOrJoin(
  tx: Transaction,
  kind: AlarmKind,
  home: DeviceHome,
  times: { pressedAtMs: number; receivedAtMs: number; isLate: boolean },
): Promise<string> {
  const { deviceId } = home;
  const tellsResident = alarmKinds[kind].priority !== 'technical' && canTellResident(home.type);
  const { subject, open, test } = await caseOf(tx, kind, home, times.pressedAtMs);
  if (open) {
    const pressed: AlarmInput = {
      type: 'pressed',
      kind,
      deviceId,
      tellsResident,
      pressedAtMs: times.pressedAtMs,
    };
    const policy = lifts(open.state, kind)
      ? { ...alarmPolicy, plan: await planOfAlarm(tx, kind, open, await lineageOf(tx, open)) }
      : alarmPolicy;
    await carryOut(tx, open, decide(open.state, pressed, tx.nowMs, policy));
    return open.id;
  }
  return raiseNew(tx, subject, home, { kind, deviceId, tellsResident, ...times, ...(test ? { test } : {}) });
}

/**
 * Which case an event is of, with its alarm if one is open. What the hub finds out by itself is a test only where nobody lives.
 * In test mode it never joins a real alarm, and a press joins
 * only what nobody has answered yet: who knows that an alarm is a test would not look at what joins it.
 */
async function caseOf(
  tx: Transaction,
  kind: AlarmKind,
  home: DeviceHome,
  pressedAtMs: number,
): Promise<{ subject: string; open: AlarmRecord | undefined; test?: { id: string } }> {
  const subject = alarmSubject(kind, home);
  const test =
    comesFromDevices(kind) || isNobodysHome(home)
      ? testOf(await tx.testModes.running(), home, { happenedAtMs: pressedAtMs, nowMs: tx.nowMs })
      : undefined;
  if (!test) return { subject, open: await tx.alarms.findOpen(subject, kind) };
  for (let turn = 1; ; turn += 1) {
    const own = testSubject(subject, test.id, turn);
    const open = await tx.alarms.findOpen(own, kind);
    if (!open || open.state.phase === 'raised') return { subject: own, open, test: { id: test.id } };
  }
}

/** Raises a drill. Its subject is its own, so that a real press of the same resident never joins it. */
export async function raiseDrill(
  tx: Transaction,
  kind: AlarmKind,
  home: AlarmHome,
  drill: NonNullable<AlarmCore['drill']>,
): Promise<string> {
  const times = { pressedAtMs: tx.nowMs, receivedAtMs: tx.nowMs, isLate: false };
  const event = { kind, deviceId: home.deviceId, tellsResident: false, ...times, drill };
  return raiseNew(tx, `drill:${drill.id}`, home, event);
}

async function raiseNew(
  tx: Transaction,
  subject: string,
  home: AlarmHome,
  event: RaisingEvent,
): Promise<string> {
  const lineage = await lineageOf(tx, home);
  const plan = await planOfAlarm(tx, event.kind, home, lineage);
  // What is told at once is told in the commit of the press; what is due later the watch of deadlines brings.
  const [first] = plan.steps;
  const groups = first?.afterMs === 0 ? first.recipients : [];
  const people = await peopleOf(tx, { ...home, lineage, ownerId: null }, groups);
  const decision = raise(event, tx.nowMs, { ...alarmPolicy, plan, people });
  if (!decision.ok) throw new Error(`an alarm cannot be refused while it is raised: ${decision.reason}`);
  const alarm: AlarmRecord = {
    id: tx.newId(),
    subject,
    deviceId: home.deviceId,
    residentId: home.residentId,
    dwellingId: home.dwellingId,
    stationId: home.stationId,
    state: decision.state,
    version: 0,
    lastSeq: 0,
    lastHash: chainStart,
  };
  await carryOut(tx, alarm, decision);
  return alarm.id;
}

/** What a user, a screen, a deadline or a device's answer does to an alarm. */
export async function apply(tx: Transaction, alarmId: string, input: AlarmInput): Promise<AlarmOutcome> {
  const alarm = await tx.alarms.load(alarmId);
  return alarm ? applyTo(tx, alarm, input) : { ok: false, reason: 'not-found' };
}

/** The same for an alarm that this transaction has just read. */
export async function applyTo(tx: Transaction, alarm: AlarmRecord, input: AlarmInput): Promise<AlarmOutcome> {
  const policy = input.type === 'deadline-passed' ? await policyAt(tx, alarm) : alarmPolicy;
  return carryOut(tx, alarm, decide(alarm.state, input, tx.nowMs, policy));
}

/** What the deadlines that are due now must know: whom to tell, and by what an alarm goes that becomes graver. */
async function policyAt(tx: Transaction, alarm: AlarmRecord): Promise<AlarmPolicy> {
  const { state } = alarm;
  const { escalation } = state;
  const lineage = await lineageOf(tx, alarm);
  if (!escalation) return { ...alarmPolicy, plan: await planOfAlarm(tx, state.kind, alarm, lineage) };
  const isHeld = state.phase === 'acknowledged';
  const { groups, isFallDue } = needsAt(escalation, isHeld, tx.nowMs);
  const people = await peopleOf(tx, { ...alarm, lineage, ownerId: isHeld ? state.owner.id : null }, groups);
  const isConfirmed = isFallDue && escalation.fall?.stage === 'suspected';
  return {
    ...alarmPolicy,
    people,
    ...(isConfirmed ? { plan: await planOfAlarm(tx, 'fall', alarm, lineage) } : {}),
  };
}

/** The resident's own device takes its alarms of these groups back: recorded on each, closing none. */
export async function takeBack(
  tx: Transaction,
  home: DeviceHome,
  groups: readonly string[],
  eventKind: string,
): Promise<string[]> {
  const subjects = new Set(
    Object.keys(alarmKinds)
      .map((kind) => kind as AlarmKind)
      .filter((kind) => groups.includes(alarmKinds[kind].group))
      .map((kind) => alarmSubject(kind, home)),
  );
  const open = await tx.alarms.findOpenOf([...subjects], groups);
  for (const subject of subjects)
    open.push(...(await tx.alarms.findOpenBetween(testSubjects(subject), groups)));
  for (const alarm of open) {
    const input: AlarmInput = { type: 'cancelled-by-resident', deviceId: home.deviceId, eventKind };
    await carryOut(tx, alarm, decide(alarm.state, input, tx.nowMs, alarmPolicy));
  }
  return open.map((alarm) => alarm.id);
}

async function carryOut(tx: Transaction, alarm: AlarmRecord, decision: AlarmDecision): Promise<AlarmOutcome> {
  if (!decision.ok) return { ok: false, reason: decision.reason };
  if (decision.state === alarm.state && decision.steps.length === 0) return { ok: true, alarmId: alarm.id };
  const isNew = alarm.version === 0;
  const wasDueAtMs = isNew ? null : dueAtMs(alarm.state);
  alarm.state = decision.state;
  for (const step of decision.steps) await appendStep(tx, alarm, step);
  for (const effect of decision.effects) {
    if (effect.type === 'notify') await notify(tx, alarm, effect);
    else await tellResident(tx, alarm, effect, isNew);
  }
  if (isNew) await tx.alarms.insert(alarm);
  else await tx.alarms.update(alarm);
  if (alarm.state.priority === 'service') await followAlarm(tx, alarm, decision.steps);
  // A decision without steps (a second screen displays it) changes nothing that anyone must be told, but the watch of
  // deadlines must know when to look again.
  if (decision.steps.length > 0 || dueAtMs(alarm.state) !== wasDueAtMs) tx.touched.alarms.add(alarm.id);
  return { ok: true, alarmId: alarm.id };
}

async function notify(tx: Transaction, alarm: AlarmRecord, notice: Notice): Promise<void> {
  const { stepKey, purpose, callees, notificationId: id } = notice;
  for (const { channels, ...recipient } of callees) {
    if (!mayBeTold(alarm.state, recipient)) continue;
    const { stationId, state } = alarm;
    const queued = await queueNotification(tx, {
      id,
      alarmId: alarm.id,
      priority: state.priority,
      stationId,
      stepKey,
      purpose,
      recipient,
      channels,
    });
    if (queued) await appendStep(tx, alarm, queued);
  }
}

async function tellResident(
  tx: Transaction,
  alarm: AlarmRecord,
  { deviceId, state }: Extract<AlarmEffect, { type: 'reassure' }>,
  isNew: boolean,
): Promise<void> {
  // A new alarm has told nobody yet.
  if (!isNew) await tx.commands.supersede(alarm.id, deviceId, tx.nowMs);
  const told = await tx.exchanges.life(deviceId);
  if (told?.retiredAtMs != null) {
    if (told.replacedBy !== null)
      await tellResident(tx, alarm, { type: 'reassure', deviceId: told.replacedBy, state }, isNew);
    else
      await appendStep(tx, alarm, {
        step: 'reassurance-failed',
        deviceId,
        state,
        commandId: '',
        reason: 'device-retired',
      });
    return;
  }
  const commandId = `${alarm.id}-${alarm.version + 1}`;
  await appendStep(tx, alarm, { step: 'reassurance-queued', deviceId, state, commandId });
  await tx.commands.queue({
    id: commandId,
    deviceId,
    command: 'reassure',
    alarmId: alarm.id,
    reassurance: state,
    createdAtMs: tx.nowMs,
    expiresAtMs: tx.nowMs + reassuranceLivesMs[state],
  });
  tx.touched.commandsFor.add(deviceId);
}

async function appendStep(tx: Transaction, alarm: AlarmRecord, step: AlarmStep): Promise<void> {
  const alarmId = alarm.id;
  alarm.version += 1;
  const hash = chainHash(alarm.lastHash, { alarmId, atMs: tx.nowMs, body: JSON.stringify(step) });
  alarm.lastSeq = await tx.append({
    atMs: tx.nowMs,
    receivedAtMs: tx.nowMs,
    type: 'alarm',
    deviceId: null,
    residentId: alarm.residentId,
    stationId: alarm.stationId,
    alarmId,
    kind: step.step,
    body: step,
    hash,
  });
  alarm.lastHash = hash;
}
