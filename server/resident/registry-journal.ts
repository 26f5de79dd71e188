import type { Transaction } from '../journal/transaction.ts';

/**
 * Enters who changed what in the registry: identifiers and names of fields, never what stands in them, because the
 * journal cannot be rewritten when a person must be forgotten. Returns where it stands.
 */
export async function appendRegistryEntry(
  tx: Transaction,
  entry: {
    kind: string;
    /** The record that was created or changed. */
    id: string;
    actorId: string;
    fields?: readonly string[];
    deviceId?: string;
    residentId?: string | null;
    stationId?: string | null;
  },
): Promise<number> {
  const { kind, id, actorId, fields, deviceId = null, residentId = null, stationId = null } = entry;
  return tx.append({
    atMs: tx.nowMs,
    receivedAtMs: tx.nowMs,
    type: 'registry',
    deviceId,
    residentId,
    stationId,
    alarmId: null,
    kind,
    body: { id, by: actorId, ...(fields ? { fields } : {}) },
    hash: null,
  });
}
