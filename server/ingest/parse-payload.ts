import type { z } from 'zod';

/** Nothing of the contract is deeper than three levels; what is far deeper would overflow the stack of whoever copies it. */
const deepestLevels = 32;
const longestReason = 300;

export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string };

/** Reads a payload as what a schema asks for; the reason of a refusal names the field. */
export function parsePayload<T extends z.ZodType>(payload: Buffer, schema: T): Parsed<z.infer<T>> {
  let json: unknown;
  try {
    json = JSON.parse(payload.toString('utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `no JSON: ${why}`.slice(0, longestReason) };
  }
  if (isDeeper(json, deepestLevels)) {
    return { ok: false, reason: `payload: deeper than ${deepestLevels} levels` };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const reason = parsed.error.issues
    .map(({ path, message }) => `${path.join('.') || 'payload'}: ${message}`)
    .join('; ');
  return { ok: false, reason: reason.slice(0, longestReason) };
}

/** JSON.parse itself needs no stack for what is deep; this goes no deeper than it asks about. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const key in value) if (isDeeper(value[key as keyof typeof value], levels - 1)) return true;
  return false;
}
