import type { OutlineLines } from '@carebell/contracts/map.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';

/** Enters the outline of an organisation in place of the one before, or takes it away. */
export async function putOutline(
  tx: Transaction,
  call: { actorId: string; scope: Scope; id: string; lines: OutlineLines | null },
): Promise<RegistryOutcome> {
  const { actorId, scope, id, lines } = call;
  const isKnown = covers(scope, id) && (await tx.registry.organisation(id)) !== undefined;
  if (!isKnown) return refused('not-found', 'id');
  if (lines === null) await tx.outlines.remove(id);
  else await tx.outlines.put(id, lines, tx.nowMs);
  await appendRegistryEntry(tx, { kind: 'outline-changed', id, actorId });
  return { ok: true, id };
}

export const outlineWorks = { putOutline };
