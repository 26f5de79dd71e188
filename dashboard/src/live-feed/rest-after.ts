/** The shortest time between two turns of the page, in ms. */
export const leastRestMs = 50;
const longestRestMs = 250;
const restsForEachTurn = 6;

/**
 * How long the page rests after a turn that took so long, in ms: where a turn is costly, because thousands of alarms are open
 * or the processor has other work, more of them come together, and the page leaves the processor to the rest of the machine.
 */
export function restAfter(turnMs: number): number {
  return Math.min(Math.max(leastRestMs, turnMs * restsForEachTurn), longestRestMs);
}
