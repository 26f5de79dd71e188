import { alarmKindNames, alarmKinds } from './alarm-kinds.ts';
import { staffGroups } from './recipient-groups.ts';
import type { EscalationPolicy, PolicyFault, PolicyStep } from './escalation.ts';
import type { RecipientGroup } from './recipient-groups.ts';

export type PolicyProblem = { code: PolicyFault; field: string; message: string };

const staff: ReadonlySet<RecipientGroup> = new Set(staffGroups);
const above: ReadonlySet<RecipientGroup> = new Set(['street', 'district']);

/** A call for help is told to somebody of the organisation within this time, or the policy is refused. */
export const firstStaffWithinMs = {
  emergency: 60_000,
  urgent: 180_000,
  service: 1_800_000,
  technical: 86_400_000,
};

/**
 * What of a policy could leave an alarm without anybody: a resident may have no contacts, and a station may be empty, so
 * only the organisation above a station is sure to be there.
 */
export function faultsOf(policy: EscalationPolicy, path = ''): PolicyProblem[] {
  const { steps } = policy;
  const faults: PolicyProblem[] = [];
  const fault = (code: PolicyFault, field: string, message: string): void =>
    void faults.push({ code, field: path + field, message });

  const last = steps.length - 1;
  if (!steps.some(({ recipients }) => recipients.some((group) => above.has(group)))) {
    fault('nobody-above-station', `steps.${last}.recipients`, 'add a step for the street or the district');
  } else if (!steps[last]?.recipients.some((group) => above.has(group))) {
    fault(
      'last-step-without-staff',
      `steps.${last}.recipients`,
      'add the street or the district: this step is repeated until somebody has the alarm',
    );
  }

  const times = timesOf(steps);
  times.forEach((atMs, index) => {
    const before = times[index - 1];
    if (before !== undefined && atMs < before) {
      fault('steps-out-of-order', `steps.${index}.afterMs`, 'put the steps in the order of their times');
    }
  });

  const firstStaff = steps.findIndex(({ recipients }) => recipients.some((group) => staff.has(group)));
  const withinMs = mostUrgentWithinMs(policy);
  const firstAtMs = times[firstStaff];
  if (firstAtMs !== undefined && firstAtMs > withinMs) {
    fault(
      'staff-too-late',
      `steps.${firstStaff}.afterMs`,
      `tell the operators within ${withinMs / 1000} s: add a step for them before`,
    );
  }
  return faults;
}

/** The faults of all policies of an organisation, those between them included. */
export function faultsOfAll(policies: readonly EscalationPolicy[]): PolicyProblem[] {
  const seen = new Map<string, number>();
  return policies.flatMap((policy, index) => {
    const faults = faultsOf(policy, `policies.${index}.`);
    const served = JSON.stringify([policy.kinds.toSorted(), policy.riskGroups.toSorted()]);
    const same = seen.get(served);
    seen.set(served, index);
    if (same === undefined) return faults;
    const message = `policy ${same + 1} is for the same kinds and risk groups: change one or leave it out`;
    return [...faults, { code: 'same-policy-twice' as const, field: `policies.${index}.kinds`, message }];
  });
}

/** When each step is due, in milliseconds from the press, if nobody answers. */
export function timesOf(steps: readonly PolicyStep[]): number[] {
  let atMs = 0;
  return steps.map(({ afterMs, since }) => {
    atMs = since === 'press' ? afterMs : atMs + afterMs;
    return atMs;
  });
}

function mostUrgentWithinMs({ kinds }: EscalationPolicy): number {
  const served = kinds.length === 0 ? alarmKindNames : kinds;
  return Math.min(...served.map((kind) => firstStaffWithinMs[alarmKinds[kind].priority]));
}
