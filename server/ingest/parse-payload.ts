import type { z } from 'zod';

/** Nothing of the contract is deeper than three levels; what is far deeper would overflow the stack of whoever copies it. */
const deepestLevels = 32;
const longestReason = 300;

export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string };

/** Reads a payload as what a schema asks for; the reason of a refusal names the field. */
export function parsePayload<T extends z.ZodType>(payload: Buffer, schema: T): Parsed<z.infer<T>> {
  if (isTooDeep(payload)) return { ok: false, reason: `payload: deeper than ${deepestLevels} levels` };
  let json: unknown;
  try {
    json = JSON.parse(payload.toString('utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `no JSON: ${why}`.slice(0, longestReason) };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const reason = parsed.error.issues
    .map(({ path, message }) => `${path.join('.') || 'payload'}: ${message}`)
    .join('; ');
  return { ok: false, reason: reason.slice(0, longestReason) };
}

const [quote, backslash] = [0x22, 0x5c];
const opening: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closing: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** In UTF-8 these bytes stand for nothing else, so the payload need not be decoded. */
function isTooDeep(payload: Buffer): boolean {
  let levels = 0;
  let isInText = false;
  for (let index = 0; index < payload.length; index += 1) {
    const byte = payload[index] ?? 0;
    if (isInText) {
      if (byte === backslash) index += 1;
      else if (byte === quote) isInText = false;
    } else if (byte === quote) isInText = true;
    else if (closing.has(byte)) levels -= 1;
    else if (opening.has(byte)) {
      levels += 1;
      if (levels > deepestLevels) return true;
    }
  }
  return false;
}
