import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import type { AlarmScriptStep } from '@carebell/contracts/handling.ts';
import type { ScriptAnswer } from '@carebell/contracts/script-answers.ts';

/** How a step stands: with its answer, by whom and when; without the two while the hub has not confirmed it. */
type Done = { answer: ScriptAnswer; by?: string; at?: string };

export type Progress = {
  done: ReadonlyMap<string, Done>;
  /** The step that was done last, in this screen's eyes. */
  last: string | undefined;
};

/** What is done of a script: as the time line says, and what this person has just answered. */
export function progressOf(
  entries: readonly TimelineEntry[],
  pending: ReadonlyMap<string, ScriptAnswer>,
): Progress {
  const done = new Map<string, Done>();
  let last: string | undefined;
  for (const entry of entries) {
    if (entry.step !== 'script-step-done') continue;
    // The order of the map is the order in which they were done.
    done.delete(entry.key);
    done.set(entry.key, { answer: entry.answer, by: entry.user.displayName, at: entry.at });
    last = entry.key;
  }
  for (const [key, answer] of pending) {
    done.set(key, { answer });
    last = key;
  }
  return { done, last };
}

/**
 * The step that is recommended now: where the last answer leads, otherwise the next that is not done, otherwise any that
 * is not done; `undefined` when all are.
 */
export function recommendedStep(
  steps: readonly AlarmScriptStep[],
  { done, last }: Progress,
): string | undefined {
  const isOpen = ({ key }: { key: string }): boolean => !done.has(key);
  const place = steps.findIndex(({ key }) => key === last);
  const answer = last === undefined ? undefined : done.get(last)?.answer;
  const ledTo = answer === undefined ? undefined : steps[place]?.goesTo?.[answer];
  const led = steps.find(({ key }) => key === ledTo);
  if (led !== undefined && isOpen(led)) return led.key;
  const from = led === undefined ? place + 1 : steps.indexOf(led);
  return (steps.slice(from).find(isOpen) ?? steps.find(isOpen))?.key;
}

/** The step above or below, staying at the ends. */
export function neighbourStep(
  steps: readonly AlarmScriptStep[],
  key: string | undefined,
  by: 1 | -1,
): string | undefined {
  const place = steps.findIndex((step) => step.key === key);
  const next = place === -1 ? 0 : Math.min(steps.length - 1, Math.max(0, place + by));
  return steps[next]?.key;
}
