import type { Organisation } from '@carebell/contracts/registry.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { Transaction } from '../journal/transaction.ts';
import { halfPlaced } from '../resident/coordinates.ts';
import type { Placed } from '../resident/coordinates.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { changedFields, isOutdated, refused, withChange } from '../resident/registry-outcome.ts';
import type { RegistryOutcome, RegistryRefusal } from '../resident/registry-outcome.ts';
import { covers, mayStandBelow } from './organisation-scope.ts';
import type { Scope } from './organisation-scope.ts';

export async function createOrganisation(
  tx: Transaction,
  call: {
    actorId: string;
    scope: Scope;
    organisation: Omit<Organisation, 'id' | 'version' | keyof Placed> &
      Partial<Placed> & { id?: string | undefined };
  },
): Promise<RegistryOutcome> {
  const { actorId, scope } = call;
  const { latitude = null, longitude = null } = call.organisation;
  const organisation = { ...call.organisation, id: call.organisation.id ?? tx.newId(), latitude, longitude };
  const isTaken =
    organisation.id === rootOrganisationId || (await tx.registry.organisation(organisation.id)) !== undefined;
  if (isTaken) return refused('already-exists', 'id');
  const badParent = await checkParent(tx, scope, organisation);
  if (badParent) return badParent;
  const half = halfPlaced(organisation);
  if (half !== undefined) return refused('field-missing', half);
  await tx.registry.insertOrganisation(organisation);
  await record(tx, 'organisation-created', organisation.id, actorId);
  return { ok: true, id: organisation.id };
}

export type OrganisationChange = {
  name?: string | undefined;
  phone?: string | null | undefined;
  parentId?: string | undefined;
} & { [K in keyof Placed]?: Placed[K] | undefined };

/** The level stays: dwellings belong to stations, and a street would lose them. */
export async function changeOrganisation(
  tx: Transaction,
  call: {
    actorId: string;
    scope: Scope;
    id: string;
    change: OrganisationChange;
    version?: number | undefined;
  },
): Promise<RegistryOutcome> {
  const { actorId, scope, id, change } = call;
  const organisation = await tx.registry.organisation(id);
  if (!organisation || !covers(scope, id)) return refused('not-found', 'id');
  if (isOutdated(organisation, call)) return refused('changed-meanwhile', 'version');
  const changed = withChange(organisation, change);
  if (changed.parentId !== organisation.parentId) {
    const badParent = await checkParent(tx, scope, changed);
    if (badParent) return badParent;
  }
  const half = halfPlaced(changed);
  if (half !== undefined) return refused('field-missing', half);
  await tx.registry.updateOrganisation(changed);
  await record(tx, 'organisation-changed', id, actorId, changedFields(change));
  return { ok: true, id };
}

/** Levels go strictly downwards, so no organisation can come to stand below itself. */
async function checkParent(
  tx: Transaction,
  scope: Scope,
  { level, parentId }: Pick<Organisation, 'level' | 'parentId'>,
): Promise<RegistryRefusal | undefined> {
  if (!covers(scope, parentId)) return refused('reference-unknown', 'parentId');
  if (parentId === rootOrganisationId) return undefined;
  const parent = await tx.registry.organisation(parentId);
  if (!parent) return refused('reference-unknown', 'parentId');
  return mayStandBelow(level, parent.level) ? undefined : refused('reference-mismatch', 'parentId');
}

async function record(
  tx: Transaction,
  kind: string,
  id: string,
  actorId: string,
  fields?: string[],
): Promise<void> {
  await appendRegistryEntry(tx, { kind, id, actorId, ...(fields ? { fields } : {}) });
  tx.touched.directory.add('organisations');
}
