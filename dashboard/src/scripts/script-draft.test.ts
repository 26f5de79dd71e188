import { scriptSchema } from '@carebell/contracts/handling.ts';
import type { ScriptStep } from '@carebell/contracts/handling.ts';
import { describe, expect, it } from 'vitest';
import { asAction, calling, movedStep, withoutStep, withStep } from './script-draft.ts';

const text = { 'zh-CN': '问', en: '' };
const steps: ScriptStep[] = [
  { key: 'a', action: 'ask', text, goesTo: { yes: 'c', no: 'b' }, proves: 'on-site' },
  { key: 'b', action: 'do', text },
  { key: 'c', action: 'call', whom: 'resident', text },
];
const isScript = (some: ScriptStep[]) => scriptSchema.safeParse({ name: 'x', steps: some }).success;

describe('a script while it is written', () => {
  it('gives every new step a key of its own', () => {
    const more = withStep(withStep(withoutStep(withStep(steps), 0)));
    expect(new Set(more.map(({ key }) => key)).size).toBe(more.length);
  });

  it('is still one when a step goes that others lead to', () => {
    const left = withoutStep(steps, 2);
    expect(left.map(({ key, goesTo }) => [key, goesTo])).toEqual([
      ['a', { no: 'b' }],
      ['b', undefined],
    ]);
    expect(isScript(left)).toBe(true);
  });

  it('keeps what leads where when steps change places', () => {
    expect(movedStep(steps, 0, 1).map(({ key }) => key)).toEqual(['b', 'a', 'c']);
    expect(movedStep(steps, 0, -1)).toEqual(steps);
    expect(isScript(movedStep(steps, 1, 1))).toBe(true);
  });

  it('forgets what another kind of step has', () => {
    for (const action of ['do', 'call', 'note'] as const)
      expect(isScript([asAction(steps[0]!, action)])).toBe(true);
  });

  it('leads nowhere by an answer that whoever is called cannot give', () => {
    const [, b] = steps;
    const call: ScriptStep = {
      ...b!,
      action: 'call',
      whom: 'contacts',
      goesTo: { coming: 'c', reached: 'a' },
    };
    expect(calling(call, 'ambulance').goesTo).toEqual({ reached: 'a' });
    expect(isScript([steps[0]!, calling(call, 'resident'), steps[2]!])).toBe(true);
  });
});
