import { advance } from './engine.ts';
import type { Finding } from './engine.ts';
import type { Surroundings } from './facts.ts';
import type { Watch, WatchInput } from './watch.ts';

/**
 * What rules would have found in what became known, in its order. The same code as in the hub that runs, with time that
 * passes between the inputs; while the hub was down nothing is looked at.
 */
export function replay(inputs: Iterable<WatchInput>, surroundings: Surroundings, untilMs: number): Finding[] {
  const replaying = beginReplay(surroundings);
  for (const input of inputs) replaying.take(input);
  return replaying.endAt(untilMs);
}

/** The same, input by input, for who must do something else in between. */
export function beginReplay(surroundings: Surroundings) {
  const findings: Finding[] = [];
  let watch: Watch | null = null;
  const turn = (input: WatchInput): void => {
    const turned = advance(watch, input, surroundings);
    watch = turned.watch;
    findings.push(...turned.findings);
  };
  const passUntil = (untilTimeMs: number): void => {
    for (let dueMs = dueOf(watch); dueMs !== null && dueMs < untilTimeMs; dueMs = dueOf(watch)) {
      const due: number = dueMs;
      const gap = surroundings.hubGaps.find(({ fromMs, untilMs }) => due >= fromMs && due < untilMs);
      const atMs = gap ? gap.untilMs : due;
      if (atMs >= untilTimeMs) return;
      turn({ type: 'time', receivedMs: atMs });
      // A rule that is due and stays silent has nothing to say until something new becomes known.
      if (dueOf(watch) === due) return;
    }
  };
  return {
    take(input: WatchInput): void {
      passUntil(input.receivedMs);
      turn(input);
    },
    endAt(untilMs: number): Finding[] {
      passUntil(untilMs);
      return findings;
    },
  };
}

function dueOf(watch: Watch | null): number | null {
  return watch === null ? null : watch.dueMs;
}
