import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';

export async function createToken(
  tx: Transaction,
  token: { userId: string; name: string; tokenHash: string; expiresAtMs: number | null },
): Promise<{ id: string; createdAtMs: number }> {
  const id = tx.newId();
  await tx.identity.insertToken({ id, ...token, createdAtMs: tx.nowMs });
  await appendRegistryEntry(tx, { kind: 'token-created', id, actorId: token.userId });
  return { id, createdAtMs: tx.nowMs };
}

export async function revokeToken(
  tx: Transaction,
  { id, userId }: { id: string; userId: string },
): Promise<{ ok: true } | { ok: false; reason: 'not-found' }> {
  if (!(await tx.identity.deleteToken(id, userId))) return { ok: false, reason: 'not-found' };
  await appendRegistryEntry(tx, { kind: 'token-revoked', id, actorId: userId });
  return { ok: true };
}
