import type { Person } from '@carebell/contracts/alarm-view.ts';
import { contactOutcomes } from '@carebell/contracts/contact-outcomes.ts';
import { answersTo } from '@carebell/contracts/script-answers.ts';
import type { AlarmScriptStep, Script } from '@carebell/contracts/handling.ts';
import type { FollowUpResult } from '@carebell/contracts/follow-ups.ts';
import type { Proof } from '@carebell/contracts/closing-proofs.ts';
import type { ScriptAnswer } from '@carebell/contracts/script-answers.ts';
import { apply } from '../alarm/alarm-service.ts';
import type { AlarmOutcome } from '../alarm/alarm-service.ts';
import type { AlarmRecord } from '../alarm/alarm-store.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { lineageOf } from '../escalation/alarm-plan.ts';
import { contactId } from '../escalation/contact-group.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { isOutdated, refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import { alarmScript, scriptFor } from './script.ts';

type ScriptRefusal = { ok: false; reason: 'script-step-unknown' | 'answer-unfit' };

/** Enters that a step was done, with its words as they are now. */
async function doScriptStep(
  tx: Transaction,
  call: { alarmId: string; user: Person; key: string; answer: ScriptAnswer; note: string },
): Promise<AlarmOutcome | ScriptRefusal> {
  const { alarmId, user, key, answer, note } = call;
  const alarm = await tx.alarms.load(alarmId);
  if (!alarm) return { ok: false, reason: 'not-found' };
  const step = (await stepsOf(tx, alarm)).find((one) => one.key === key);
  if (!step) return { ok: false, reason: 'script-step-unknown' };
  if (!answersTo(step).includes(answer)) return { ok: false, reason: 'answer-unfit' };
  const { action, text } = step;
  const contact = calledIn(step, alarm.residentId);
  const outcome = contactOutcomes.find((one) => one === answer);
  return apply(tx, alarmId, {
    type: 'script-step',
    user,
    step: { key, action, text, answer, ...(contact ? { contact } : {}), note },
    called: contact && outcome ? { contact, outcome } : null,
    shows: shownBy(step, answer),
  });
}

/** How to get in was looked up: on the time line of the case, and in the records of who saw what. */
async function viewAccess(
  tx: Transaction,
  { alarmId, user }: { alarmId: string; user: Person },
): Promise<AlarmOutcome> {
  const outcome = await apply(tx, alarmId, { type: 'access-viewed', user });
  const alarm = outcome.ok ? await tx.alarms.load(alarmId) : undefined;
  if (alarm?.dwellingId)
    await appendRegistryEntry(tx, {
      kind: 'access-viewed',
      id: alarm.dwellingId,
      actorId: user.id,
      residentId: alarm.residentId,
      stationId: alarm.stationId,
      fields: [`alarm:${alarmId}`],
    });
  return outcome;
}

async function setCallBack(
  tx: Transaction,
  call: { alarmId: string; user: Person; inMinutes: number; note: string },
): Promise<AlarmOutcome> {
  const { alarmId, user, inMinutes, note } = call;
  return apply(tx, alarmId, { type: 'call-back', user, dueAtMs: tx.nowMs + inMinutes * 60_000, note });
}

async function endCallBack(
  tx: Transaction,
  { alarmId, user }: { alarmId: string; user: Person },
): Promise<AlarmOutcome> {
  return apply(tx, alarmId, { type: 'call-back-done', user });
}

async function recordFollowUp(
  tx: Transaction,
  call: { alarmId: string; user: Person; result: FollowUpResult; score: number | null; note: string },
): Promise<AlarmOutcome> {
  const { alarmId, ...asked } = call;
  return apply(tx, alarmId, { type: 'resident-asked', ...asked });
}

/** Replaces the scripts of an organisation. Steps that were done keep the words that they had. */
async function putScripts(
  tx: Transaction,
  call: {
    actorId: string;
    scope: Scope;
    organisationId: string;
    scripts: Script[];
    version?: number | undefined;
  },
): Promise<RegistryOutcome> {
  const { actorId, organisationId: id, scope, scripts } = call;
  if (!covers(scope, id) || !(await tx.registry.organisation(id))) return refused('not-found', 'id');
  const version = (await tx.handling.scripts(id))?.version ?? 0;
  if (isOutdated({ version }, call)) return refused('changed-meanwhile', 'version');
  await tx.handling.putScripts(id, { version: version + 1, scripts });
  await appendRegistryEntry(tx, { kind: 'scripts-changed', id, actorId });
  return { ok: true, id };
}

export const handlingWorks = {
  doScriptStep,
  viewAccess,
  setCallBack,
  endCallBack,
  recordFollowUp,
  putScripts,
};

/** The script of an alarm with the steps of its resident, as it is entered now. */
export async function stepsOf(tx: Transaction, alarm: AlarmRecord): Promise<AlarmScriptStep[]> {
  const ids = (await lineageOf(tx, alarm)).map(({ id }) => id);
  const entered = ids.length === 0 ? [] : await tx.handling.scriptsOf(ids);
  const resident = alarm.residentId === null ? undefined : await tx.registry.resident(alarm.residentId);
  return alarmScript(scriptFor(alarm.state.kind, entered), { resident: resident ?? null }).steps;
}

/** One of the resident's people, or the resident; who answers at 120 is nobody's contact. */
function calledIn({ whom, person }: AlarmScriptStep, residentId: string | null): Person | undefined {
  const isTheirs = whom === 'resident' || whom === 'contacts' || whom === 'keyholders';
  if (!isTheirs || person === null || residentId === null) return undefined;
  return { id: contactId(residentId, person.phone), displayName: person.name };
}

function shownBy(
  { action, whom, proves }: AlarmScriptStep,
  answer: ScriptAnswer,
): Exclude<Proof, 'device-event'> | null {
  if (action === 'call') return whom === 'resident' && answer === 'reached' ? 'voice-contact' : null;
  return answer === 'yes' ? (proves ?? null) : null;
}
