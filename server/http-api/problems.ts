import type { Problem } from '@carebell/contracts/http-api.ts';

/** Every problem that the hub answers, by its stable code. */
const problems = {
  'malformed-body': { status: 400, title: 'The body could not be read' },
  'invalid-request': { status: 400, title: 'The request has wrong or missing fields' },
  'not-authenticated': { status: 401, title: 'Log in first' },
  'wrong-credentials': { status: 401, title: 'Name or password is wrong' },
  'second-step-needed': { status: 401, title: 'The password is right, and a code is asked for too' },
  'second-step-expired': { status: 401, title: 'The code came too late, or from another browser' },
  forbidden: { status: 403, title: 'This needs a right that you do not have' },
  'cross-site': { status: 403, title: 'The request came from another site' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  'already-exists': { status: 409, title: 'There is one with this name already' },
  'heard-as-taken': { status: 409, title: 'Another device is heard under this identifier' },
  'shift-overlaps': { status: 409, title: 'This person is on duty at that time already' },
  'changed-meanwhile': { status: 409, title: 'Somebody else has changed it in the meantime' },
  'second-factor-required': { status: 403, title: 'First set up log-in with a code' },
  'second-factor-on': { status: 409, title: 'A code is asked for already' },
  'second-factor-off': { status: 409, title: 'No code is asked for' },
  'last-administrator': { status: 409, title: 'Somebody must be able to administer the hub' },
  'already-acknowledged': { status: 409, title: 'Somebody else has this alarm' },
  'absence-overlaps': { status: 409, title: 'The resident has another absence in this time' },
  'absence-over': { status: 409, title: 'This absence is over' },
  'alarm-open': { status: 409, title: 'An alarm of this resident is open' },
  'already-closed': { status: 409, title: 'This alarm is closed' },
  'not-acknowledged': { status: 409, title: 'Nobody has acknowledged this alarm yet' },
  'not-owner': { status: 409, title: 'Somebody else has this alarm' },
  'own-alarm': { status: 409, title: 'This alarm is yours already' },
  'not-closed': { status: 409, title: 'This alarm is not closed' },
  'still-a-test': { status: 409, title: 'This alarm came in test mode' },
  'not-a-test': { status: 409, title: 'This alarm is no test' },
  'closed-too-long': { status: 409, title: 'This closing can no longer be taken back' },
  'another-is-open': { status: 409, title: 'Another alarm of the same resident is open' },
  'nothing-missed': { status: 409, title: 'This alarm missed no deadline' },
  'already-reviewed': { status: 409, title: 'Somebody has reviewed this alarm' },
  'not-stored': { status: 409, title: 'This alarm is not stored yet' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'address-too-long': { status: 414, title: 'The address is too long' },
  'unsupported-media-type': { status: 415, title: 'The body must be JSON' },
  'reference-unknown': { status: 422, title: 'A field names something that does not exist' },
  'reference-mismatch': { status: 422, title: 'Two fields contradict each other' },
  'password-weak': { status: 422, title: 'This password is too easy to guess' },
  'password-wrong': { status: 422, title: 'The password is wrong' },
  'code-wrong': { status: 422, title: 'The code is wrong, or was used before' },
  'no-channel': { status: 422, title: 'No channel that works reaches this person' },
  'gateway-missing': { status: 422, title: 'This is only for devices behind a gateway' },
  'absence-span': { status: 422, title: 'An absence cannot last so long, or so' },
  'field-missing': { status: 422, title: 'A field is missing' },
  'policy-unsafe': { status: 422, title: 'This policy could leave an alarm without anybody' },
  'import-refused': { status: 422, title: 'Rows of the table cannot be entered' },
  'proof-missing': { status: 422, title: 'Nothing shows that the resident was spoken to or seen' },
  'proof-not-on-record': { status: 422, title: 'The time line does not show this' },
  'may-not-waive-proof': { status: 403, title: 'Only a supervisor closes an emergency without proof' },
  'request-over': { status: 409, title: 'This request is over' },
  'request-taken': { status: 409, title: 'Somebody else has this request' },
  'request-not-taken': { status: 409, title: 'Nobody has taken this request yet' },
  'request-not-arranged': { status: 409, title: 'This request is not arranged' },
  'request-not-done': { status: 409, title: 'This request is not done' },
  'request-not-over': { status: 409, title: 'This request is not over' },
  'offer-open': { status: 409, title: 'A provider is asked already' },
  'no-offer': { status: 409, title: 'No provider is asked' },
  'hand-over-open': { status: 409, title: 'This request is being handed over' },
  'no-hand-over': { status: 409, title: 'This request is not being handed over' },
  'no-call-back': { status: 409, title: 'No call-back is set' },
  'not-to-be-asked': { status: 409, title: 'Nobody is to be asked about this alarm' },
  'visit-time': { status: 422, title: 'A visit cannot be at that time' },
  'follow-up-done': { status: 409, title: 'This visit follow-up is done' },
  'campaign-ended': { status: 409, title: 'This visit campaign has ended' },
  'note-missing': { status: 422, title: 'This needs a note' },
  'account-locked': { status: 423, title: 'Too many failed log-ins' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'The hub failed' },
  'store-failed': { status: 503, title: 'The hub cannot store at the moment' },
  'store-overdue': { status: 503, title: 'The hub could not store in time' },
  'store-overloaded': { status: 503, title: 'The hub has too much to store' },
  'history-failed': { status: 503, title: 'The store of the history does not answer' },
  stopping: { status: 503, title: 'The hub is stopping' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;
export type FieldError = { field: string; message: string; code?: string };

/** Builds the document. `detail` says what to change. */
export function problem(code: ProblemCode, detail: string, errors?: readonly FieldError[]): Problem {
  return {
    type: `urn:carebell:problem:${code}`,
    ...problems[code],
    code,
    detail,
    ...(errors ? { errors: [...errors] } : {}),
  };
}

/** Leaves a route's handler with a problem as its answer; the error handler of the app sends it. */
export class Refusal extends Error {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(refused: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(refused.code);
    this.name = 'Refusal';
    this.problem = refused;
    this.headers = headers;
  }
}

export function refusal(code: ProblemCode, detail: string, errors?: readonly FieldError[]): Refusal {
  return new Refusal(problem(code, detail, errors));
}

/** Seconds until a request makes sense again, for `Retry-After`. */
export function retryAfter(waitMs: number): Record<string, string> {
  return { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) };
}
