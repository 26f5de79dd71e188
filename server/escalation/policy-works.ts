import type { EscalationPolicy } from '@carebell/contracts/escalation.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { isOutdated, refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';

type Call = { actorId: string; scope: Scope; organisationId: string };

/** Replaces the policies of an organisation. Open alarms go on by the policy that they were raised under. */
export async function putEscalationPolicies(
  tx: Transaction,
  call: Call & { policies: EscalationPolicy[]; version?: number | undefined },
): Promise<RegistryOutcome> {
  const { actorId, organisationId: id, policies } = call;
  if (!(await isKnown(tx, call))) return refused('not-found', 'id');
  const version = (await tx.escalation.policies(id))?.version ?? 0;
  if (isOutdated({ version }, call)) return refused('changed-meanwhile', 'version');
  await tx.escalation.putPolicies(id, { version: version + 1, policies });
  await appendRegistryEntry(tx, { kind: 'escalation-policies-changed', id, actorId });
  return { ok: true, id };
}

/** Enters who is on duty. Everybody must belong to the organisation, or alarms would wait for somebody who does not see them. */
export async function putDuty(
  tx: Transaction,
  call: Call & { userIds: readonly string[]; untilMs: number | null },
): Promise<RegistryOutcome> {
  const { actorId, organisationId: id, untilMs } = call;
  if (!(await isKnown(tx, call))) return refused('not-found', 'id');
  const userIds = [...new Set(call.userIds)];
  const members = await tx.escalation.staffOf([id], tx.nowMs);
  if (!userIds.every((userId) => members.some((member) => member.id === userId)))
    return refused('reference-unknown', 'userIds');
  await tx.escalation.putDuty(id, userIds, untilMs);
  await appendRegistryEntry(tx, { kind: 'duty-changed', id, actorId });
  return { ok: true, id };
}

async function isKnown(tx: Transaction, { scope, organisationId }: Call): Promise<boolean> {
  if (!covers(scope, organisationId)) return false;
  return (await tx.registry.organisation(organisationId)) !== undefined;
}
