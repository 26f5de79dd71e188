import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { EscalationPolicy } from '@carebell/contracts/escalation.ts';
import type { Dwelling, Resident } from '@carebell/contracts/registry.ts';
import { defaultPolicies } from './default-policies.ts';
import type { EscalationPlan } from './escalation-state.ts';

/** Whose alarm it is, as far as policies tell alarms apart. */
export type PlanSubject = {
  kind: AlarmKind;
  riskGroups: Resident['riskGroups'];
  area: Dwelling['area'];
  /** Movement in the dwelling can only be the resident's own: nobody else lives there. */
  isAlone: boolean;
};

/** Of a doubtful alarm: nobody known, so nobody else's movement is taken for the resident's. */
export const unknownSubject = (kind: AlarmKind): PlanSubject => ({
  kind,
  riskGroups: [],
  area: 'centre',
  isAlone: false,
});

/**
 * The policy of the nearest organisation that has one for this alarm; there, the one that says most about it: kind and
 * risk group, then kind, then risk group. The hub's own policies come last and fit every alarm.
 */
export function planFor(
  subject: PlanSubject,
  nearestFirst: readonly (readonly EscalationPolicy[])[] = [],
): EscalationPlan {
  for (const policies of [...nearestFirst, defaultPolicies]) {
    const fitting = policies
      .filter((policy) => fits(policy, subject))
      .toSorted((a, b) => precision(b) - precision(a));
    const [policy] = fitting;
    if (policy) return planOf(policy, subject);
  }
  throw new Error(`no policy of the hub's own fits ${subject.kind}`);
}

function fits({ kinds, riskGroups }: EscalationPolicy, subject: PlanSubject): boolean {
  const isKind = kinds.length === 0 || kinds.includes(subject.kind);
  return (
    isKind && (riskGroups.length === 0 || riskGroups.some((group) => subject.riskGroups.includes(group)))
  );
}

function precision({ kinds, riskGroups }: EscalationPolicy): number {
  return (kinds.length > 0 ? 2 : 0) + (riskGroups.length > 0 ? 1 : 0);
}

function planOf(policy: EscalationPolicy, { kind, area, isAlone }: PlanSubject): EscalationPlan {
  const { answeredWithinMs, onSiteWithinMs, closedWithinMs } = policy.deadlines;
  const isFall = kind === 'fall' || kind === 'fall-suspected';
  return {
    policy: policy.name,
    steps: policy.steps,
    repeatEveryMs: policy.repeatEveryMs,
    calls: policy.calls,
    acknowledgementExpiresAfterMs: policy.acknowledgementExpiresAfterMs,
    remindEveryMs: policy.remindEveryMs,
    answeredWithinMs,
    onSiteWithinMs: onSiteWithinMs?.[area] ?? null,
    closedWithinMs,
    fall: isFall ? { ...policy.fall, isMovementOfResident: isAlone } : null,
  };
}
