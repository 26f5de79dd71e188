import { hash } from 'node:crypto';

/** SHA-256, in hex, over the hash of the step before and this step's own content, as in an alarm's chain. */
export function requestHash(
  previousHash: string,
  step: { requestId: string; atMs: number; body: string },
): string {
  const { requestId, atMs, body } = step;
  return hash('sha256', `${previousHash}\nrequest:${requestId}\n${atMs}\n${body}`);
}
