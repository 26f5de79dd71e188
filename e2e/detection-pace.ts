import { expect } from 'vitest';
import { eventually } from './eventually.ts';
import type { ScenarioHub } from './scenario-hub.ts';

/**
 * Waits until the rules have seen all that was said. Time that a test passes is otherwise time in which the hub did not look,
 * and what it did not see is no silence.
 */
export function rulesHaveSeenAll(
  { url, admin }: Pick<ScenarioHub, 'url' | 'admin'>,
  /** Lets the hub's clock go on, where it stands still by itself. */
  tick: () => void = () => undefined,
): Promise<void> {
  let asked = 0;
  return eventually(async () => {
    // On a busy machine the answer to one look takes longer than a question, and time must not run away meanwhile.
    if (asked % 20 === 0) tick();
    asked += 1;
    const answer = await fetch(`${url}/metrics`, { headers: { cookie: admin.cookie } });
    expect(await answer.text()).toContain('\ncarebell_detection_lag_entries 0\n');
  });
}
