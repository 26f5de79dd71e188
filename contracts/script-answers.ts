import { contactOutcomes } from './contact-outcomes.ts';

/**
 * What one step of a script asks of whoever has the alarm: to find something out, to do something, to call somebody, to
 * look up how to get in, to send somebody there, to write something down.
 */
export const scriptActions = ['ask', 'do', 'call', 'access', 'dispatch', 'note'] as const;
export type ScriptAction = (typeof scriptActions)[number];

/** Whom a step calls. `contacts` and `keyholders` become one step for each of the resident's, in their order. */
export const scriptCallees = [
  'resident',
  'contacts',
  'keyholders',
  'ambulance',
  'fire-service',
  'police',
] as const;
export type ScriptCallee = (typeof scriptCallees)[number];

/** 120, 119 and 110 everywhere in China. */
export const publicNumbers = { ambulance: '120', 'fire-service': '119', police: '110' } as const;

export const scriptAnswers = ['done', 'yes', 'no', 'unclear', ...contactOutcomes] as const;
export type ScriptAnswer = (typeof scriptAnswers)[number];

/** The answers of a step in the order of their keys: 1, 2, 3 … A resident does not set out, and 120 has no voicemail. */
export function answersTo({
  action,
  whom,
}: {
  action: ScriptAction;
  whom?: ScriptCallee | undefined;
}): readonly ScriptAnswer[] {
  if (action === 'ask') return ['yes', 'no', 'unclear'];
  if (action !== 'call') return ['done'];
  if (whom === 'resident') return ['reached', 'no-answer', 'voicemail'];
  if (whom === 'contacts' || whom === 'keyholders')
    return ['reached', 'no-answer', 'coming', 'refused', 'voicemail'];
  return ['reached', 'no-answer'];
}
