import type { RecipientGroup } from '@carebell/contracts/recipient-groups.ts';
import type { EscalationReason } from '@carebell/contracts/escalation-steps.ts';
import type { OrganisationLevel } from '@carebell/contracts/roles.ts';
import { beginCalling, callDue, personOf } from './callings.ts';
import type { Callee, Escalation, EscalationPlan, People, Turn } from './escalation-state.ts';

/** Between two steps of one alarm, so that a hub that was away does not carry out all of them at the same instant. */
const leastBetweenStepsMs = 5_000;

/** The escalation of an alarm that is raised now. Its first step is carried out in the same commit if it is due at once. */
export function beginEscalation(
  plan: EscalationPlan,
  { pressedAtMs, isLate }: { pressedAtMs: number; isLate: boolean },
  nowMs: number,
): Escalation {
  // Nobody could answer what had not arrived; the deadlines run from the press all the same.
  const startedAtMs = isLate ? nowMs : Math.min(pressedAtMs, nowMs);
  return {
    plan,
    startedAtMs,
    nextStep: 0,
    stepsDone: 0,
    stepDueAtMs: startedAtMs + (plan.steps[0]?.afterMs ?? 0),
    nextReason: 'raised',
    callings: [],
    told: [],
    answerDueAtMs: pressedAtMs + plan.answeredWithinMs,
    onSiteDueAtMs: plan.onSiteWithinMs === null ? null : pressedAtMs + plan.onSiteWithinMs,
    closeDueAtMs: pressedAtMs + plan.closedWithinMs,
    missed: [],
    expiresAtMs: null,
    remindAtMs: null,
    reminders: 0,
    isExpired: false,
    fall: null,
  };
}

/** A graver kind goes by its own policy, from its first step; deadlines that were met or missed are not set again. */
export function replan(
  escalation: Escalation,
  plan: EscalationPlan,
  { sinceMs, isHeld }: { sinceMs: number; isHeld: boolean },
  nowMs: number,
): Escalation {
  const { answerDueAtMs, closeDueAtMs, missed } = escalation;
  const sooner = (dueAtMs: number | null, withinMs: number): number | null =>
    dueAtMs === null ? null : Math.min(dueAtMs, sinceMs + withinMs);
  const isOnSiteOpen = plan.onSiteWithinMs !== null && !missed.some(({ deadline }) => deadline === 'on-site');
  return {
    ...escalation,
    plan,
    startedAtMs: nowMs,
    nextStep: 0,
    stepDueAtMs: isHeld ? null : nowMs + (plan.steps[0]?.afterMs ?? 0),
    nextReason: 'not-answered',
    callings: isHeld ? [] : escalation.callings,
    answerDueAtMs: sooner(answerDueAtMs, plan.answeredWithinMs),
    onSiteDueAtMs: isOnSiteOpen
      ? (escalation.onSiteDueAtMs ?? sinceMs + (plan.onSiteWithinMs ?? 0))
      : escalation.onSiteDueAtMs,
    closeDueAtMs: sooner(closeDueAtMs, plan.closedWithinMs),
    ...(isHeld ? heldUntil(plan, escalation, nowMs) : {}),
  };
}

/** Somebody has it: the steps rest, and the time begins after which the acknowledgement ends unless something follows. */
export function hold(escalation: Escalation, hasResponder: boolean, nowMs: number): Escalation {
  return {
    ...escalation,
    stepDueAtMs: null,
    callings: [],
    answerDueAtMs: null,
    isExpired: false,
    ...heldUntil(escalation.plan, { ...escalation, remindAtMs: null }, nowMs, hasResponder),
  };
}

/** Something followed the acknowledgement: it goes on being valid. */
export function keepHeld(escalation: Escalation, hasResponder: boolean, nowMs: number): Escalation {
  if (escalation.expiresAtMs === null) return escalation;
  return { ...escalation, ...heldUntil(escalation.plan, escalation, nowMs, hasResponder) };
}

/** Nothing followed: nobody has it any more, and the next step goes on at once. */
export function release(escalation: Escalation, nowMs: number): Escalation {
  return {
    ...escalation,
    stepDueAtMs: nowMs,
    nextReason: 'acknowledgement-expired',
    expiresAtMs: null,
    remindAtMs: null,
    isExpired: true,
  };
}

/** The case is closed: the contacts who were told hear that it is over. */
export function endNotices({ told }: Escalation, closedAtMs: number): Turn['notices'] {
  if (told.length === 0) return [];
  return [{ type: 'notify', stepKey: `closed-${closedAtMs}`, purpose: 'all-clear', callees: told }];
}

/** Carries out the step that is due, if its people are known; the alarm machine widens the audience as its groups ask. */
export function takeStep(
  escalation: Escalation,
  people: People,
  nowMs: number,
): Turn & { groups: readonly RecipientGroup[] } {
  const { plan, stepDueAtMs } = escalation;
  const index = Math.min(escalation.nextStep, plan.steps.length - 1);
  const step = plan.steps[index];
  const isReady = step !== undefined && step.recipients.every((group) => people[group] !== undefined);
  if (!isReady || stepDueAtMs === null || stepDueAtMs > nowMs)
    return { escalation, steps: [], notices: [], groups: [] };

  const isLast = index === plan.steps.length - 1;
  const named = distinct(step.recipients.flatMap((group) => people[group] ?? []));
  // Whoever administers the hub hears of an alarm for which its policy finds nobody at all.
  const found = named.length === 0 && isLast ? (people.root ?? []) : named;
  const stepKey = `step-${escalation.stepsDone + 1}`;
  const { callings, notices } = beginCalling(plan, { stepKey, mode: step.mode, people: found }, nowMs);
  const isShownOnly = index === 0 && escalation.stepsDone === 0 && found.length > 0 && notices.length === 0;
  const toldNow = notices.flatMap(({ callees }) => callees).filter(({ kind }) => kind === 'contact');
  return {
    groups: step.recipients,
    escalation: {
      ...escalation,
      nextStep: index + 1,
      stepsDone: escalation.stepsDone + 1,
      stepDueAtMs: found.length === 0 && !isLast ? nowMs : nextStepAtMs(escalation, index + 1, nowMs),
      nextReason: reasonAfter(found.length === 0, isLast),
      callings: [...escalation.callings, ...callings],
      told: distinct([...escalation.told, ...toldNow]),
    },
    // The operators' screens show a new alarm anyway; "displayed" says whose did.
    steps: isShownOnly
      ? []
      : [
          {
            step: 'escalated',
            stepKey,
            number: index + 1,
            groups: step.recipients,
            mode: step.mode,
            reason: index < escalation.nextStep ? 'repeated' : escalation.nextReason,
            people: found.map(personOf),
          },
        ],
    notices,
  };
}

/** Calls again, or the next one, where it is time. */
export function takeCalls(escalation: Escalation, nowMs: number): Turn {
  if (!escalation.callings.some(({ nextAtMs }) => nextAtMs <= nowMs))
    return { escalation, steps: [], notices: [] };
  const { callings, steps, notices } = callDue(escalation.plan, escalation.callings, nowMs);
  return { escalation: withTold({ ...escalation, callings }, notices), steps, notices };
}

/** Everybody who was told of it and is no member of the organisation. */
export function withTold(escalation: Escalation, notices: Turn['notices']): Escalation {
  const told = notices.flatMap(({ callees }) => callees).filter(({ kind }) => kind === 'contact');
  return { ...escalation, told: distinct([...escalation.told, ...told]) };
}

const reach: Partial<Record<RecipientGroup, OrganisationLevel>> = {
  'next-station': 'street',
  street: 'street',
  district: 'district',
};
const width: Record<OrganisationLevel, number> = { station: 0, street: 1, district: 2 };

/** The part of the organisation whose screens show an alarm once these groups were told. */
export function widened(audience: OrganisationLevel, groups: readonly RecipientGroup[]): OrganisationLevel {
  return groups
    .map((group) => reach[group] ?? audience)
    .reduce((widest, level) => (width[level] > width[widest] ? level : widest), audience);
}

function nextStepAtMs({ plan, startedAtMs }: Escalation, index: number, nowMs: number): number {
  const next = plan.steps[index];
  if (!next) return nowMs + plan.repeatEveryMs;
  const dueAtMs = (next.since === 'press' ? startedAtMs : nowMs) + next.afterMs;
  return Math.max(dueAtMs, nowMs + leastBetweenStepsMs);
}

function reasonAfter(isNobodyFound: boolean, isLast: boolean): EscalationReason {
  if (isLast) return 'repeated';
  return isNobodyFound ? 'nobody-found' : 'not-answered';
}

/** A responder who travels has as long as the way may take; everything else must follow sooner. */
function heldUntil(
  plan: EscalationPlan,
  { remindAtMs }: Pick<Escalation, 'remindAtMs'>,
  nowMs: number,
  hasResponder = false,
): Pick<Escalation, 'expiresAtMs' | 'remindAtMs'> {
  const aliveMs = hasResponder
    ? Math.max(plan.acknowledgementExpiresAfterMs, plan.onSiteWithinMs ?? 0)
    : plan.acknowledgementExpiresAfterMs;
  return { expiresAtMs: nowMs + aliveMs, remindAtMs: remindAtMs ?? nowMs + plan.remindEveryMs };
}

function distinct(callees: readonly Callee[]): Callee[] {
  return [...new Map(callees.map((callee) => [`${callee.kind} ${callee.id}`, callee])).values()];
}
