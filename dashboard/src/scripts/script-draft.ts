import { answersTo } from '@carebell/contracts/script-answers.ts';
import type { ScriptCallee } from '@carebell/contracts/script-answers.ts';
import type { ScriptStep } from '@carebell/contracts/handling.ts';

/** A further step after the others, with a key that none of them has. */
export function withStep(steps: readonly ScriptStep[]): ScriptStep[] {
  let n = steps.length + 1;
  while (steps.some(({ key }) => key === `step-${n}`)) n += 1;
  return [...steps, { key: `step-${n}`, action: 'do', text: { 'zh-CN': '', en: '' } }];
}

/** Without this step, and without what led to it. */
export function withoutStep(steps: readonly ScriptStep[], at: number): ScriptStep[] {
  const gone = steps[at]?.key;
  return steps
    .filter((_, index) => index !== at)
    .map(({ goesTo, ...step }) => {
      const left = Object.entries(goesTo ?? {}).filter(([, key]) => key !== gone);
      return left.length === 0 ? step : { ...step, goesTo: Object.fromEntries(left) };
    });
}

/** Two steps change places; what leads where stays as it is, by their keys. */
export function movedStep(steps: readonly ScriptStep[], at: number, by: 1 | -1): ScriptStep[] {
  const step = steps[at];
  const other = steps[at + by];
  if (step === undefined || other === undefined) return [...steps];
  return steps.map((one, index) => (index === at ? other : index === at + by ? step : one));
}

/** What it asks has changed: answers, callee and proof of another kind of step mean nothing any more. */
export function asAction({ key, text }: ScriptStep, action: ScriptStep['action']): ScriptStep {
  return action === 'call' ? { key, text, action, whom: 'contacts' } : { key, text, action };
}

/** Somebody else is called: answers that this one cannot give lead nowhere any more. */
export function calling({ goesTo, ...step }: ScriptStep, whom: ScriptCallee): ScriptStep {
  const changed = { ...step, whom };
  const answers = answersTo(changed);
  const left = Object.entries(goesTo ?? {}).filter(([answer]) => answers.some((one) => one === answer));
  return left.length === 0 ? changed : { ...changed, goesTo: Object.fromEntries(left) };
}
