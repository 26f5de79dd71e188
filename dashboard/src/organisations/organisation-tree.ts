import type { Organisation } from '@carebell/contracts/registry.ts';

export type Branch = { organisation: Organisation; below: Branch[] };

/** The tree of what one may see: it begins with those whose upper organisation one does not see. */
export function treeOf(organisations: readonly Organisation[]): Branch[] {
  const branches = new Map<string, Branch>(
    organisations.map((organisation) => [organisation.id, { organisation, below: [] }]),
  );
  const top: Branch[] = [];
  for (const branch of branches.values()) {
    const above = branches.get(branch.organisation.parentId);
    (above?.below ?? top).push(branch);
  }
  for (const { below } of [...branches.values(), { below: top }]) below.sort(byName);
  return top;
}

function byName(a: Branch, b: Branch): number {
  return a.organisation.name.localeCompare(b.organisation.name, 'zh-CN');
}
