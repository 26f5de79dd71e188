import type { Duty, EscalationPolicies } from '@carebell/contracts/escalation.ts';

/** Policies and duty as people see them, read beside the transactions. */
export type EscalationReads = {
  policies(organisationId: string): Promise<Omit<EscalationPolicies, 'organisationId'>>;
  duty(organisationId: string, nowMs: number): Promise<Omit<Duty, 'organisationId'>>;
};
