import type { ConnectionEnd } from './mqtt-connection.ts';
import { between } from './random.ts';
import type { Random } from './random.ts';

export type RetryQuestion = {
  end: ConnectionEnd;
  /** How many connections in a row have ended without an acknowledged event. */
  failures: number;
  hasEventsWaiting: boolean;
  /** How long the device stays away when someone else signed in with its identifier; 0: it comes back as always. */
  yieldMs: number;
};

const firstDelayMs = 1_000;
const longestDelayMs = 60_000;
/** A wrong secret is not mended by haste. */
const refusedDelayMs = 30_000;
const longestYieldMs = 600_000;

/**
 * How long a device waits before it connects again: doubled each time, with up to half taken off at random, so that the
 * devices of a town do not come back all in the same instant.
 */
export function retryDelayMs(question: RetryQuestion, random: Random): number {
  const doublings = Math.max(0, question.failures - 1);
  const grown = (firstMs: number, limitMs: number) =>
    Math.min(limitMs, firstMs * 2 ** Math.min(doublings, 20));
  if (question.end.reason === 'refused') return grown(refusedDelayMs, 10 * longestDelayMs);
  if (question.end.reason === 'lost' && question.yieldMs > 0 && !question.hasEventsWaiting) {
    return grown(question.yieldMs, longestYieldMs);
  }
  return grown(firstDelayMs, longestDelayMs) * between(random, 0.5, 1);
}
