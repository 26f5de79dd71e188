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

export type SignedRecord = {
  id: string;
  signedAtMs: number;
  /** `null` when it was deleted on request: its hash still holds its place. */
  content: string | null;
  previousSha256: string;
  sha256: string;
};

/** The records that do not hold, of all in the order in which they were signed. */
export function brokenRecords(records: readonly SignedRecord[]): string[] {
  return records.flatMap(({ id, signedAtMs, content, previousSha256, sha256 }, index) => {
    const before = records[index - 1]?.sha256 ?? recordChainStart;
    const isTrue = content === null || recordHash(previousSha256, { id, signedAtMs, content }) === sha256;
    return previousSha256 === before && isTrue ? [] : [id];
  });
}
