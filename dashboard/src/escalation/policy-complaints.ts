import { alarmKindNames, alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import { policyFaults } from '@carebell/contracts/escalation.ts';
import type { EscalationPolicy, PolicyFault } from '@carebell/contracts/escalation.ts';
import { firstStaffWithinMs } from '@carebell/contracts/escalation-check.ts';
import type { Problem } from '@carebell/contracts/http-api.ts';
import type { z } from 'zod';

/** What is wrong at a field of a policy, `path` as in the contract (`steps.1.afterMs`). */
export type Complaint = { path: string } & (
  | { is: 'fault'; fault: PolicyFault }
  | { is: 'wrong'; text: 'required' | 'number' | 'wrong' | 'tooMany' | 'tooLong'; n: number }
  | { is: 'too-short' | 'too-long'; ms: number }
  | { is: 'out-of-range'; least: boolean; n: number }
);

/** What the contract's schema found wrong with a policy before it is sent. */
export function complaintsOfSchema(issues: readonly z.core.$ZodIssue[]): Complaint[] {
  const byPath = new Map<string, Complaint>();
  for (const issue of issues) {
    const path = issue.path.join('.');
    if (!byPath.has(path)) byPath.set(path, complaintOf(issue, path));
  }
  return [...byPath.values()];
}

function complaintOf(issue: z.core.$ZodIssue, path: string): Complaint {
  if (issue.code === 'invalid_type') return { path, is: 'wrong', text: 'number', n: 0 };
  if (issue.code !== 'too_small' && issue.code !== 'too_big')
    return { path, is: 'wrong', text: 'wrong', n: 0 };
  const isLeast = issue.code === 'too_small';
  const n = Number(isLeast ? issue.minimum : issue.maximum);
  if (issue.origin === 'string' || issue.origin === 'array') {
    if (isLeast) return { path, is: 'wrong', text: 'required', n };
    return { path, is: 'wrong', text: issue.origin === 'string' ? 'tooLong' : 'tooMany', n };
  }
  if (path.endsWith('Ms')) return { path, is: isLeast ? 'too-short' : 'too-long', ms: n };
  return { path, is: 'out-of-range', least: isLeast, n };
}

/** The faults that the hub found in one policy. */
export function complaintsOfFaults(faults: readonly { code: PolicyFault; field: string }[]): Complaint[] {
  return faults.map(({ code, field }) => ({ path: field, is: 'fault', fault: code }));
}

/** What the hub refused of the policy at this place, and the numbers of the other policies that it refused too. */
export function complaintsOfProblem(
  { errors }: Problem,
  place: number,
): { here: Complaint[]; others: number[] } {
  const here: Complaint[] = [];
  const others = new Set<number>();
  for (const { field, code } of errors ?? []) {
    const found = /^policies\.(\d+)\.(.+)$/.exec(field);
    const fault = policyFaults.find((known) => known === code);
    if (found === null || fault === undefined) continue;
    if (Number(found[1]) === place) here.push({ path: found[2] ?? '', is: 'fault', fault });
    else others.add(Number(found[1]) + 1);
  }
  return { here, others: [...others] };
}

/** Within which time somebody of the staff must be told of the most urgent of its kinds. */
export function staffWithinMs({ kinds }: Pick<EscalationPolicy, 'kinds'>): number {
  const served = kinds.length === 0 ? alarmKindNames : kinds;
  return Math.min(...served.map((kind) => firstStaffWithinMs[alarmKinds[kind].priority]));
}
