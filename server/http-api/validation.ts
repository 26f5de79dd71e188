import type { FastifySchemaCompiler } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import type { $ZodType } from 'zod/v4/core';

/** No contract nests further, and whoever sends thousands of brackets wants the hub to run out of stack. */
const deepest = 32;

/**
 * The contracts' schemas, and two rules more for all of them: no text holds a NUL, which PostgreSQL cannot store and
 * SQLite's tools cut at, and nothing is nested deeper than {@link deepest}.
 */
export const validateByContract: FastifySchemaCompiler<$ZodType> = (route) => {
  const validate = validatorCompiler(route);
  return (values) => {
    const fault = findFault(values, '', 0);
    if (fault === undefined) return validate(values);
    const finding = { keyword: 'custom', instancePath: fault.path, schemaPath: '', params: {} };
    return { error: [{ ...finding, message: fault.message }] };
  };
};

type Fault = { path: string; message: string };

function findFault(value: unknown, path: string, depth: number): Fault | undefined {
  if (typeof value === 'string')
    return value.includes('\0') ? { path, message: 'must not contain the character NUL' } : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= deepest) return { path: '', message: `must not be nested deeper than ${deepest}` };
  for (const [key, inner] of Object.entries(value)) {
    const found = findFault(inner, `${path}/${key}`, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
