import type { AlarmView } from '@carebell/contracts/alarm-view.ts';

type Sized = Pick<AlarmView, 'id' | 'priority' | 'phase' | 'isStored'>;
export type RowSize = 'large' | 'medium' | 'compact';

/** More than these an operator does not answer at once; each further one takes less room. */
const largeAtMost = 3;

/**
 * How large each row stands, given in the order of the wall: the first few that wait for someone and are in danger
 * large, the further ones medium, all else compact. An alarm that is not stored is always large: only the telephone
 * can answer it.
 */
export function sizeRows(rows: readonly Sized[]): ReadonlyMap<string, RowSize> {
  const sizes = new Map<string, RowSize>();
  let large = 0;
  const gravest = rows.some(({ phase, priority }) => phase === 'raised' && priority === 'emergency')
    ? 'emergency'
    : 'urgent';
  for (const row of rows) {
    const isWaiting = row.phase === 'raised' && (row.priority === 'emergency' || row.priority === 'urgent');
    if (!row.isStored) sizes.set(row.id, 'large');
    else if (isWaiting && row.priority === gravest && large < largeAtMost) {
      large += 1;
      sizes.set(row.id, 'large');
    } else sizes.set(row.id, isWaiting ? 'medium' : 'compact');
  }
  return sizes;
}
