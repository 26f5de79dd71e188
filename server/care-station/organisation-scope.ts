import { organisationLevels, rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { OrganisationLevel } from '@carebell/contracts/roles.ts';

/** The part of the organisation that a user sees: all of it, or these organisations (stations among them). */
export type Scope = 'all' | ReadonlySet<string>;

export type OrganisationPlace = { id: string; parentId: string };

/** The organisation and everything below it. One that is not in the tree has nothing below it and is not in it. */
export function scopeOf(organisationId: string, organisations: Iterable<OrganisationPlace>): Scope {
  if (organisationId === rootOrganisationId) return 'all';
  const below = new Map<string, string[]>();
  let isKnown = false;
  for (const { id, parentId } of organisations) {
    if (id === organisationId) isKnown = true;
    const siblings = below.get(parentId);
    if (siblings) siblings.push(id);
    else below.set(parentId, [id]);
  }
  const scope = new Set<string>();
  const pending = isKnown ? [organisationId] : [];
  for (const id of pending) {
    if (scope.has(id)) continue;
    scope.add(id);
    pending.push(...(below.get(id) ?? []));
  }
  return scope;
}

/** What belongs to no station yet is seen by those who see everything. */
export function covers(scope: Scope, organisationId: string | null): boolean {
  if (scope === 'all') return true;
  return organisationId !== null && scope.has(organisationId);
}

/** An organisation stands below one of a higher level; the root is above all, so that one station can stand alone. */
export function mayStandBelow(level: OrganisationLevel, parent: OrganisationLevel | 'root'): boolean {
  return parent === 'root' || organisationLevels.indexOf(parent) < organisationLevels.indexOf(level);
}
