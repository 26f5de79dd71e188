import type { RuleChange } from '@carebell/contracts/detection.ts';

/**
 * What was changed between two lists, for the records: `inactivity-day.afterMinutes`, `not-back.off`, `bathroom-long.added`,
 * `out-of-bed.removed`. Names of what was changed, never the numbers.
 */
export function changedParts(before: readonly RuleChange[], after: readonly RuleChange[]): string[] {
  const [known, next] = [byPlace(before), byPlace(after)];
  const parts: string[] = [];
  for (const [place, change] of next) {
    const old = known.get(place);
    if ('isOff' in change) {
      if (old === undefined || !('isOff' in old)) parts.push(`${change.id}.off`);
    } else if (old === undefined || 'isOff' in old) parts.push(`${change.id}.added`);
    else for (const part of differing(old, change)) parts.push(`${change.id}.${part}`);
  }
  for (const [place, { id }] of known) if (!next.has(place)) parts.push(`${id}.removed`);
  return [...new Set(parts)];
}

/** One rule may be changed in several ways for several risk groups. */
function byPlace(changes: readonly RuleChange[]): Map<string, RuleChange> {
  return new Map(changes.map((change) => [`${change.id} ${(change.groups ?? []).join()}`, change]));
}

function differing(a: object, b: object): string[] {
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return [...new Set([...left.keys(), ...right.keys()])].filter(
    (key) => JSON.stringify(left.get(key)) !== JSON.stringify(right.get(key)),
  );
}
