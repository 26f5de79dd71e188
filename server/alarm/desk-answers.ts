import type { Problem } from '@carebell/contracts/http-api.ts';
import { problem } from '../http-api/problems.ts';
import type { DeskOutcome, DeskRefusal } from './alarm-desk.ts';

const advice: Record<DeskRefusal, string> = {
  'already-acknowledged': 'Ask its owner, or take it over ("takeOver": true).',
  'already-closed': 'Nothing more can be done to it; read its time line.',
  'not-acknowledged': 'Acknowledge it first.',
  'not-owner': 'Ask its owner to close it, or take it over first.',
  'own-alarm': 'You have it; there is nobody to take it from.',
  'note-missing': 'Say in "note" what happened.',
  'not-closed': 'It is open; there is no closing to take back.',
  'closed-too-long': 'It was closed over ten minutes ago. Write what is still to be done into the hand-over.',
  'changed-meanwhile': 'It was closed anew since; read its time line.',
  'another-is-open': 'A newer call of the same resident is open: go on with that one.',
  'not-stored': 'Call the resident now. It can be acknowledged as soon as the hub has stored it.',
  'not-found': 'Correct the identifier; what you may not see is not found either.',
  forbidden: 'Ask an operator of the station.',
};

/** The problem document of a refusal. Who has the alarm stands in the detail. */
export function deskProblem({ reason, alarm }: Extract<DeskOutcome, { ok: false }>): Problem {
  const owner = reason === 'already-acknowledged' || reason === 'not-owner' ? alarm?.owner : undefined;
  return problem(reason, owner ? `${owner.displayName} has it. ${advice[reason]}` : advice[reason]);
}
