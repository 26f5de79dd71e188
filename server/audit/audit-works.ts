import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import type { MedicalView } from './medical-views.ts';
import type { Refusal } from './refusal-store.ts';

export async function countRefusals(
  tx: Transaction,
  counted: readonly { refusal: Refusal; times: number; atMs: number }[],
): Promise<void> {
  for (const { refusal, times, atMs } of counted) await tx.refusals.count(refusal, times, atMs);
}

/** So few at once that no alarm waits for them: about 10 ms. */
const forgottenAtOnce = 2_000;
/** As long, for entries that lie together; the more of a device there are, the fewer pages are written. */
const indexedAtOnce = 8_000;

/** Forgets a portion of the event identifiers that are too old to be repeated; `false` when nothing is left. */
export async function forgetOldEvents(tx: Transaction, _: null): Promise<boolean> {
  return (await tx.forgetEvents(forgottenAtOnce)) === forgottenAtOnce;
}

/** Indexes a portion of what the journal has got since the last time; `false` when nothing is left. */
export async function indexByDevice(tx: Transaction, _: null): Promise<boolean> {
  return (await tx.indexByDevice(indexedAtOnce)) === indexedAtOnce;
}

/** Writes and commits one line, so that a hub whose store failed learns when it works again. */
export async function proveStoreWorks(tx: Transaction, _: null): Promise<void> {
  await tx.refusals.count({ reason: 'store-failed', subject: 'hub' }, 1, tx.nowMs);
}

/** Who saw whose medical data: one line for each resident, so that each can be told who did. */
export async function recordMedicalView(tx: Transaction, view: MedicalView): Promise<null> {
  const { actorId, residentIds, via, alarmId } = view;
  for (const residentId of residentIds) {
    const stationId = view.stationId ?? (await stationOf(tx, residentId));
    const fields = [via, ...(alarmId === null ? [] : [`alarm:${alarmId}`])];
    const entry = { kind: 'medical-viewed', id: residentId, actorId, residentId, stationId, fields };
    await appendRegistryEntry(tx, entry);
  }
  return null;
}

/** Who took a copy of everything on record about an alarm. */
export async function recordCaseExport(
  tx: Transaction,
  call: { actorId: string; alarmId: string; residentId: string | null; stationId: string | null },
): Promise<null> {
  const { alarmId: id, ...entry } = call;
  await appendRegistryEntry(tx, { kind: 'case-exported', id, ...entry });
  return null;
}

async function stationOf(tx: Transaction, residentId: string): Promise<string | null> {
  const resident = await tx.registry.resident(residentId);
  const home = resident && (await tx.registry.dwelling(resident.dwellingId));
  return home?.stationId ?? null;
}
