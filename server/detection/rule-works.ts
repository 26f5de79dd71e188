import type { RuleChange } from '@carebell/contracts/detection.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { isOutdated, refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import { changedParts } from './rule-changes.ts';

/** Replaces what an organisation or a resident has in place of the rules of the packs. It holds from the next look on. */
export async function putRules(
  tx: Transaction,
  call: {
    actorId: string;
    reach: Scope;
    scope: 'organisation' | 'resident';
    id: string;
    rules: RuleChange[];
    version?: number | undefined;
  },
): Promise<RegistryOutcome> {
  const { actorId, reach, scope, id, rules } = call;
  const organisationId = scope === 'organisation' ? id : await stationOf(tx, id);
  if (organisationId === undefined || !covers(reach, organisationId)) return refused('not-found', 'id');
  if (scope === 'organisation' && !(await tx.registry.organisation(id))) return refused('not-found', 'id');
  const known = await tx.detection.ruleChanges(scope, id);
  const version = known?.version ?? 0;
  if (isOutdated({ version }, call)) return refused('changed-meanwhile', 'version');
  await tx.detection.putRuleChanges(scope, id, { version: version + 1, rules });
  const of = scope === 'resident' ? { residentId: id } : {};
  const fields = changedParts(known?.rules ?? [], rules);
  const place = { id, stationId: organisationId, ...of };
  await appendRegistryEntry(tx, { kind: 'rules-changed', actorId, fields, ...place });
  return { ok: true, id };
}

async function stationOf(tx: Transaction, residentId: string): Promise<string | undefined> {
  const resident = await tx.registry.resident(residentId);
  return resident && (await tx.registry.dwelling(resident.dwellingId))?.stationId;
}
