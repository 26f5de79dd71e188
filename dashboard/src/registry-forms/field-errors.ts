import type { Problem } from '@carebell/contracts/http-api.ts';
import type { z } from 'zod';
import type { zhCNRegistry } from '../i18n/zh-CN-registry.ts';

/** What is wrong with a field, as a key of the texts. `path` is that of the contract, such as `contacts.0.phone`. */
export type FieldError = { path: string; text: keyof typeof zhCNRegistry.fieldError; n?: number };

type Issue = z.core.$ZodIssue;

/** What the contract's schema found wrong with a body before it is sent. The first finding of a field counts. */
export function errorsOfSchema(issues: readonly Issue[]): FieldError[] {
  const byPath = new Map<string, FieldError>();
  for (const issue of issues) {
    const path = issue.path.join('.');
    if (!byPath.has(path)) byPath.set(path, { path, ...wordOf(issue, path) });
  }
  return [...byPath.values()];
}

function wordOf(issue: Issue, path: string): Omit<FieldError, 'path'> {
  if (issue.code === 'too_big') {
    const text = { string: 'tooLong', array: 'tooMany' } as const;
    return { text: text[issue.origin as 'string'] ?? 'tooLarge', n: Number(issue.maximum) };
  }
  if (issue.code === 'too_small') {
    const n = Number(issue.minimum);
    if (issue.origin === 'string' || issue.origin === 'array')
      return n <= 1 ? { text: 'required' } : { text: 'tooShort', n };
    return { text: 'tooSmall', n };
  }
  if (issue.code === 'invalid_type') return { text: issue.expected === 'number' ? 'number' : 'required' };
  if (issue.code === 'invalid_key') return { text: 'signal' };
  if (issue.code === 'invalid_format') return { text: formatOf(path, issue.input) };
  return { text: 'wrong' };
}

function formatOf(path: string, input: unknown): FieldError['text'] {
  const name = path.split('.').at(-1) ?? '';
  if (input === '') return 'required';
  if (name === 'phone') return 'phone';
  if (name === 'name') return 'loginName';
  return name === 'id' || name === 'heardAs' || name.endsWith('Id') ? 'identifier' : 'wrong';
}

const ofProblem: Record<string, FieldError['text']> = {
  'already-exists': 'taken',
  'reference-unknown': 'unknownReference',
  'reference-mismatch': 'mismatch',
  'field-missing': 'required',
  'gateway-missing': 'gatewayMissing',
  'heard-as-taken': 'heardAsTaken',
};

/** What the hub found wrong, at the fields of its problem document. */
export function errorsOfProblem({ code, errors }: Problem): FieldError[] {
  return (errors ?? []).map((error) => ({
    path: error.field,
    text: ofProblem[error.code ?? code] ?? 'wrong',
  }));
}
