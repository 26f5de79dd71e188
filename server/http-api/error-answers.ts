import type { Problem } from '@carebell/contracts/http-api.ts';
import { HistoryFailure } from '../history/history-port.ts';
import { StoreFailure } from '../journal/journal-port.ts';
import { problem, Refusal, retryAfter } from './problems.ts';
import type { FieldError } from './problems.ts';

export type ErrorAnswer = { problem: Problem; headers: Readonly<Record<string, string>> };

/** What Fastify and the validator put on an error. */
type FrameworkError = {
  code?: unknown;
  statusCode?: unknown;
  validationContext?: string;
  validation?: readonly FieldFinding[];
};
type FieldFinding = { instancePath: string; message?: string; params?: { keys?: unknown } };

const parts: Record<string, string> = {
  body: 'body',
  querystring: 'query',
  params: 'address',
  headers: 'headers',
};

/** The problem that an error is answered with. Of an error that nobody foresaw nothing is told but that it happened. */
export function answerTo(error: unknown, limits: { bodyBytes: number }): ErrorAnswer {
  if (error instanceof Refusal) return { problem: error.problem, headers: error.headers };
  if (error instanceof StoreFailure) return { problem: storeProblem(error), headers: retryAfter(2_000) };
  if (error instanceof HistoryFailure) {
    const advised = 'Ask again later; alarms and everything else go on without the history.';
    return { problem: problem('history-failed', advised), headers: retryAfter(10_000) };
  }
  const { code, statusCode, validation, validationContext } = frameworkError(error);
  if (validation) return plain(invalidRequest(validation, parts[validationContext ?? 'body'] ?? 'body'));
  switch (code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return plain(
        problem('malformed-body', 'Send a body that is JSON, in UTF-8, and as long as its content-length.'),
      );
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return plain(problem('body-too-large', `Send at most ${limits.bodyBytes} bytes.`));
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
    case 'FST_ERR_CTP_EMPTY_TYPE':
      return plain(problem('unsupported-media-type', 'Send the header "content-type: application/json".'));
    case 'FST_ERR_BAD_URL':
      return plain(
        problem('invalid-request', 'Correct the address: a "%" must be followed by two hexadecimal digits.'),
      );
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return plain(problem('address-too-long', 'Shorten the identifier in the address.'));
    default:
  }
  if (statusCode === 400)
    return plain(problem('malformed-body', 'Send a request that is well-formed HTTP and JSON.'));
  // A path that leads out of the dashboard's folder is forbidden in its own words; nobody need know the difference.
  if (statusCode === 403 || statusCode === 404) return plain(notFound());
  return plain(problem('internal-error', 'Try again; if it stays so, the log of the hub says why.'));
}

export function notFound(): Problem {
  return problem(
    'not-found',
    'Correct the address or the identifier in it; what you may not see is not found either.',
  );
}

function plain(answered: Problem): ErrorAnswer {
  return { problem: answered, headers: {} };
}

function frameworkError(error: unknown): FrameworkError {
  return typeof error === 'object' && error !== null ? error : {};
}

function storeProblem({ code }: StoreFailure): Problem {
  const details = {
    'store-failed': 'Nothing was stored. Try again in a few seconds; open alarms are still shown.',
    'store-overdue': 'It may have been stored all the same. Look before you try again.',
    'store-overloaded': 'Nothing was stored. Try again in a few seconds.',
  };
  return problem(code, details[code]);
}

function invalidRequest(findings: readonly FieldFinding[], part: string): Problem {
  const errors = findings.flatMap((finding) => fieldErrors(finding, part));
  const fields = [...new Set(errors.map(({ field }) => field))];
  const named =
    fields.length > 5 ? `${fields.slice(0, 5).join(', ')} and ${fields.length - 5} more` : fields.join(', ');
  return problem('invalid-request', `Correct in the ${part}: ${named}.`, errors);
}

function fieldErrors({ instancePath, message, params }: FieldFinding, part: string): FieldError[] {
  const path = instancePath.split('/').filter((step) => step !== '');
  if (Array.isArray(params?.keys)) {
    return params.keys.map((key) => ({
      field: [...path, String(key)].join('.'),
      message: 'there is no such field',
    }));
  }
  return [{ field: path.length === 0 ? part : path.join('.'), message: message ?? 'is wrong' }];
}
