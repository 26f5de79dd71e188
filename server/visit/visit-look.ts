import type { VisitSettings } from '@carebell/contracts/visit-frequencies.ts';
import { visitSettingsOf } from '@carebell/contracts/visit-frequencies.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { frequencyOf } from './frequency.ts';
import { decideOwed } from './owed.ts';
import type { Owed } from './owed.ts';
import type { VisitedResident } from './visit-store.ts';

/** So few at once that no alarm waits for them: about 3 ms. */
export const lookedAtOnce = 3;

/** Who is named in the journal when a visit is missed without anybody's doing. */
const byItself = 'hub';

/** Decides anew what is owed to the residents who have waited longest for it; returns how many that were. */
export async function lookAtVisits(tx: Transaction, { timeZone }: { timeZone: string }): Promise<number> {
  const residentIds = await tx.visits.toLookAt(tx.nowMs, lookedAtOnce);
  for (const residentId of residentIds) await lookAt(tx, residentId, timeZone);
  return residentIds.length;
}

/** Decides anew what is owed to one resident, and enters in the journal what was missed and who is to see to it. */
export async function lookAt(tx: Transaction, residentId: string, timeZone: string): Promise<void> {
  const visited = await tx.visits.visited(residentId, tx.nowMs);
  if (!visited) return;
  const settings = settingsOf(visited);
  const sinceMs = Math.min(visited.lookedAtMs ?? tx.nowMs, ...visited.owed.map(({ fromMs }) => fromMs));
  const { owed, nextAtMs } = decideOwed({
    ...visited,
    settings,
    nowMs: tx.nowMs,
    timeZone,
    frequency: frequencyOf(visited, settings),
    // A period that begins before the resident was looked at first may hold a visit already.
    visits: await tx.visits.madeSince(residentId, sinceMs - longestPeriodMs),
  });
  const changed = owed.flatMap((one) => {
    const before = visited.owed.find(({ id }) => id !== null && id === one.id);
    if (before && isSame(before, one) && !isElsewhere(one)) return [];
    return [{ before, now: { ...one, id: one.id ?? tx.newId() } }];
  });
  await tx.visits.putOwed(
    visited,
    changed.map(({ now }) => now),
  );
  await tx.visits.putLook(residentId, tx.nowMs, nextAtMs);
  for (const { before, now } of changed) await tell(tx, visited, before, now);
}

export function settingsOf({ entered }: Pick<VisitedResident, 'entered'>): VisitSettings {
  return visitSettingsOf(entered);
}

const longestPeriodMs = 93 * 86_400_000;

function isSame(a: Owed, b: Owed): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What is still open is written at every look, because it moves with the resident. */
function isElsewhere({ phase }: Owed): boolean {
  return phase === 'open' || phase === 'excused';
}

async function tell(
  tx: Transaction,
  { residentId, stationId }: VisitedResident,
  before: Owed | undefined,
  { id, phase, tier, cause }: Owed & { id: string },
): Promise<void> {
  const entry = { id, actorId: byItself, residentId, stationId };
  if (phase === 'missed' && before?.phase !== 'missed')
    await appendRegistryEntry(tx, { ...entry, kind: 'visit-missed', fields: [cause] });
  if (tier !== null && tier !== (before?.tier ?? null))
    await appendRegistryEntry(tx, { ...entry, kind: 'visit-escalated', fields: [tier] });
}
