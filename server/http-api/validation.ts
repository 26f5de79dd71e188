import type { FastifySchemaCompiler } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import type { $ZodType } from 'zod/v4/core';

/**
 * The contracts' schemas, and one rule more for all of them: no text holds a NUL, which PostgreSQL cannot store and
 * SQLite's tools cut at.
 */
export const validateByContract: FastifySchemaCompiler<$ZodType> = (route) => {
  const validate = validatorCompiler(route);
  return (values) => {
    const path = findNul(values, '');
    if (path === undefined) return validate(values);
    const finding = { keyword: 'custom', instancePath: path, schemaPath: '', params: {} };
    return { error: [{ ...finding, message: 'must not contain the character NUL' }] };
  };
};

function findNul(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = findNul(inner, `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
