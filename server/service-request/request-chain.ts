import { hash } from 'node:crypto';

/** A request's steps as they stand in the journal, and how the request itself says that they end. */
export type RequestLog = {
  requestId: string;
  steps: readonly { seq: number; atMs: number; body: string; hash: string | null }[];
  head: { steps: number; lastSeq: number; lastHash: string };
};

/** SHA-256, in hex, over the hash of the step before and this step's own content, as in an alarm's chain. */
export function requestHash(
  previousHash: string,
  step: { requestId: string; atMs: number; body: string },
): string {
  const { requestId, atMs, body } = step;
  return hash('sha256', `${previousHash}\nrequest:${requestId}\n${atMs}\n${body}`);
}

/** Whether every step is as it was written, none is missing and none was added. */
export function isWhole({ requestId, steps, head }: RequestLog): boolean {
  let previous = '';
  for (const step of steps) {
    previous = requestHash(previous, { requestId, atMs: step.atMs, body: step.body });
    if (step.hash !== previous) return false;
  }
  return steps.length === head.steps && previous === head.lastHash && steps.at(-1)?.seq === head.lastSeq;
}
