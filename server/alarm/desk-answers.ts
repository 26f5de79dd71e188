import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Problem } from '@carebell/contracts/http-api.ts';
import { problem, Refusal } from '../http-api/problems.ts';
import type { DeskOutcome, DeskRefusal } from './alarm-desk.ts';

const advice: Record<DeskRefusal, string> = {
  'already-acknowledged': 'Ask its owner, or take it over ("takeOver": true).',
  'already-closed': 'Nothing more can be done to it; read its time line.',
  'not-acknowledged': 'Acknowledge it first.',
  'not-owner': 'Ask its owner to close it, or take it over first.',
  'own-alarm': 'You have it; there is nobody to take it from.',
  'note-missing': 'Say in "note" what happened.',
  'not-a-test': 'It is none: it is treated as real already.',
  'not-closed': 'It is open; there is no closing to take back.',
  'closed-too-long': 'It was closed over ten minutes ago. Write what is still to be done into the hand-over.',
  'changed-meanwhile': 'It was closed anew since; read its time line.',
  'another-is-open': 'A newer call of the same resident is open: go on with that one.',
  'not-stored': 'Call the resident now. It can be acknowledged as soon as the hub has stored it.',
  'not-found': 'Correct the identifier; what you may not see is not found either.',
  'contact-unknown': 'Take the telephone number of the resident or of one of the contacts in the alarm.',
  'colleague-unknown': 'Choose an active user who sees this alarm and may answer it.',
  'proof-missing':
    'Say in "proof" whether the resident was spoken to or seen; where neither was possible, a supervisor closes it and says why.',
  'proof-not-on-record': 'No device has shown it. Speak to the resident, have them seen, or leave it out.',
  'may-not-waive-proof': 'Ask a supervisor to close it and to say why nobody could be spoken to or seen.',
  'no-call-back': 'There is none to be done; set one first.',
  'not-to-be-asked': 'Nobody is to be asked about it, or it was done.',
  'script-step-unknown': 'The script was changed: fetch the alarm again and take a step of it.',
  'responder-unknown': 'Take somebody whom "GET /alarms/{id}/responders" names.',
  'no-channel': 'No channel that works reaches them: call, and enter it with the way "phone".',
  'still-a-test': 'It came in test mode: say first that it is real, or call.',
  'nothing-missed': 'It missed no deadline.',
  'answer-unfit': 'Take one of the answers that fit this kind of step.',
  forbidden: 'Ask an operator of the station.',
};

/** What a request names and the hub does not know has one code, whatever it is. */
function codeOf(reason: DeskRefusal) {
  switch (reason) {
    case 'contact-unknown':
    case 'colleague-unknown':
    case 'script-step-unknown':
    case 'responder-unknown':
      return 'reference-unknown';
    case 'answer-unfit':
      return 'reference-mismatch';
    default:
      return reason;
  }
}

const fields: Partial<Record<DeskRefusal, string>> = {
  'note-missing': 'note',
  'proof-missing': 'proof',
  'proof-not-on-record': 'proof',
  'may-not-waive-proof': 'withoutProofBecause',
  'script-step-unknown': 'key',
  'answer-unfit': 'answer',
  'responder-unknown': 'personId',
  'no-channel': 'way',
};

/** The problem document of a refusal that names no alarm. */
export function refusalProblem(reason: DeskRefusal): Problem {
  return problem(codeOf(reason), advice[reason]);
}

/** The problem document of a refusal. Who has the alarm stands in the detail. */
export function deskProblem({ reason, alarm }: Extract<DeskOutcome, { ok: false }>): Problem {
  const owner = reason === 'already-acknowledged' || reason === 'not-owner' ? alarm?.owner : undefined;
  const field = fields[reason];
  return problem(
    codeOf(reason),
    owner ? `${owner.displayName} has it. ${advice[reason]}` : advice[reason],
    field === undefined ? undefined : [{ field, message: advice[reason], code: reason }],
  );
}

/** Leaves the route with the problem of a refusal, and gives the alarm back otherwise. */
export function alarmOf(outcome: DeskOutcome): AlarmView {
  if (outcome.ok) return outcome.alarm;
  throw new Refusal(deskProblem(outcome));
}
