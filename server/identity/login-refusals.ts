import { problem, refusal, Refusal, retryAfter } from '../http-api/problems.ts';
import type { LoginRefusal } from './log-in.ts';

/** What a log-in that failed is answered with. */
export function refusedLogin(outcome: LoginRefusal, nowMs: number): Refusal {
  switch (outcome.reason) {
    case 'locked': {
      const waitMs = outcome.untilMs - nowMs;
      const detail = `Wait ${Math.ceil(waitMs / 60_000)} minutes, log in from a browser that you use every day, or let an administrator set a new password.`;
      return new Refusal(problem('account-locked', detail), retryAfter(waitMs));
    }
    case 'second-step-expired':
      return refusal('second-step-expired', 'Log in by name and password again.');
    case 'wrong-code':
      return refusal(
        'code-wrong',
        'Wait for the next code of the app, or take a recovery code not yet used.',
      );
    case 'wrong-credentials':
      return refusal('wrong-credentials', 'Check both and try again.');
  }
}

/** The same, asked of somebody whose session goes on. */
export function refusedAgain(outcome: LoginRefusal, nowMs: number): Refusal {
  return outcome.reason === 'wrong-credentials'
    ? refusal('password-wrong', 'Enter the password with which you log in.')
    : refusedLogin(outcome, nowMs);
}
