import type { ServiceRequest } from '@carebell/contracts/service-requests.ts';
import { notFound } from '../http-api/error-answers.ts';
import { problem, Refusal } from '../http-api/problems.ts';
import { acceptedChange } from '../resident/registry-answers.ts';
import type { RegistryRefusal } from '../resident/registry-outcome.ts';
import type { RequestRefusal } from './request-state.ts';
import type { RequestOutcome } from './request-works.ts';

const advice: Record<RequestRefusal, string> = {
  'request-over': 'Nothing more can be done to it; enter a new one.',
  'request-taken': 'Ask its owner, or take it over ("takeOver": true).',
  'request-not-taken': 'Take it first.',
  'request-not-arranged': 'Arrange it first.',
  'request-not-done': 'Ask how it was once it is done.',
  'request-not-over': 'It is still open.',
  'offer-open': 'A provider is asked already: wait for the answer, or withdraw it.',
  'no-offer': 'No provider is asked now: look at its time line.',
  'hand-over-open': 'It is being handed over already.',
  'no-hand-over': 'It is not being handed over: look at its time line.',
  'note-missing': 'Say in "note" why.',
};

/** Leaves the route with a problem if it was refused. */
export async function acceptedRequest(
  outcome: RequestOutcome,
  current: () => Promise<ServiceRequest>,
): Promise<void> {
  if (outcome.ok) return;
  if (isOfRequest(outcome)) {
    const { reason } = outcome;
    const field =
      reason === 'note-missing' ? [{ field: 'note', message: advice[reason], code: reason }] : undefined;
    throw new Refusal(problem(reason, advice[reason], field));
  }
  if (outcome.reason === 'not-found') throw new Refusal(notFound());
  await acceptedChange(outcome, current);
}

function isOfRequest(
  outcome: Exclude<RequestOutcome, { ok: true }>,
): outcome is Extract<RequestOutcome, { reason: RequestRefusal }> & { reason: RequestRefusal } {
  const { reason }: { reason: RequestRefusal | RegistryRefusal['reason'] } = outcome;
  return Object.hasOwn(advice, reason);
}
