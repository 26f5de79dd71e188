import { hash } from 'node:crypto';

/** Where every case's chain of steps begins. */
export const chainStart = '';

/**
 * SHA-256, in hex, over the hash of the step before and this step's own content, so that a step cannot be changed,
 * dropped or moved later without breaking every hash after it. The same inputs are in the journal's columns.
 */
export function chainHash(
  previousHash: string,
  step: { alarmId: string; atMs: number; body: string },
): string {
  const { alarmId, atMs, body } = step;
  return hash('sha256', `${previousHash}\n${alarmId}\n${atMs}\n${body}`);
}

/** `undefined` if the chain holds, otherwise the sequence number of the first step that does not. */
export function firstBrokenStep(
  alarmId: string,
  steps: readonly { seq: number; atMs: number; body: string; hash: string | null }[],
): number | undefined {
  let previous = chainStart;
  for (const step of steps) {
    const expected = chainHash(previous, { alarmId, atMs: step.atMs, body: step.body });
    if (step.hash !== expected) return step.seq;
    previous = expected;
  }
  return undefined;
}
