import { createHash } from 'node:crypto';

/** Where the chain of the signed records of a hub begins. */
export const recordChainStart = '';

/** SHA-256, in hex, over the record signed before and this one's content, so that none can be changed, dropped or put between. */
export function recordHash(
  previousSha256: string,
  record: { id: string; signedAtMs: number; content: string },
): string {
  return createHash('sha256')
    .update(previousSha256)
    .update('\n')
    .update(record.id)
    .update('\n')
    .update(String(record.signedAtMs))
    .update('\n')
    .update(record.content)
    .digest('hex');
}
