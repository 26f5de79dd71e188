import { readFileSync, statSync } from 'node:fs';
import { LineCounter, isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';

/** More is no settings file; parsing it would also hold up the process for longer than a press may wait. */
export const largestYamlBytes = 1024 * 1024;

/** `problems` name file, line and column: `bridge.yaml:7:13 ports[0].driver: …`. */
export type YamlResult<T> = { ok: true; value: T } | { ok: false; problems: readonly string[] };

export type PropertyPath = readonly PropertyKey[];

/** A YAML text whose values can be found again in it. */
export type LocatedYaml = {
  value: unknown;
  /** `key`: the problem is a key of the mapping at `path`, not its value. */
  problem(path: PropertyPath, message: string, key?: string): string;
};

export function readYamlFile(path: string): YamlResult<LocatedYaml> {
  const text = readText(path);
  return text.ok ? parseYaml(path, text.value) : text;
}

export function parseYaml(name: string, text: string): YamlResult<LocatedYaml> {
  const lines = new LineCounter();
  const at = (offset: number, message: string) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col} ${message}`;
  };
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const faults = [...document.errors, ...document.warnings];
    // At brackets nested by the thousand the parser runs out of stack once for each of them.
    const exhausted = faults.find(({ message }) => message.startsWith('Maximum call stack'));
    if (exhausted !== undefined)
      return { ok: false, problems: [at(exhausted.pos[0], 'is nested too deeply')] };
    if (faults.length > 0) {
      return { ok: false, problems: faults.slice(0, 20).map(({ pos, message }) => at(pos[0], message)) };
    }
    const value: unknown = document.toJS();
    const problem: LocatedYaml['problem'] = (path, message, key) =>
      at(offsetOf(document, path, key), `${textOfPath(key === undefined ? path : [...path, key])}${message}`);
    return { ok: true, value: { value, problem } };
  } catch (error) {
    // Thrown at aliases that multiply, and at nesting that only the conversion to values cannot follow.
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    return { ok: false, problems: [`${name}: ${error.message}`] };
  }
}

/** Parses by `schema`; every issue is told with its place. An empty file counts as an empty mapping. */
export function parseLocated<S extends z.ZodType>(
  schema: S,
  { value, problem }: LocatedYaml,
): YamlResult<z.output<S>> {
  const parsed = schema.safeParse(value ?? {}, { error: plainMessage });
  if (parsed.success) return { ok: true, value: parsed.data };
  const found = parsed.error.issues.flatMap((issue) => plainIssues(issue));
  return { ok: false, problems: found.map(({ path, message, key }) => problem(path, message, key)) };
}

export type PlainIssue = { path: PropertyPath; message: string; key?: string };

/** One line for each thing to correct: an unknown key by its name, a bad key of a record by what is wrong with it. */
export function plainIssues(issue: z.core.$ZodIssue): PlainIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: issue.path, message: 'is not a setting', key }));
  }
  if (issue.code === 'invalid_key') {
    const message = issue.issues.map((inner) => inner.message).join('; ');
    return [{ path: issue.path.slice(0, -1), message, key: String(issue.path.at(-1)) }];
  }
  if (issue.code === 'invalid_union') {
    const fits = issue.errors.find((branch) => branch.some(isAboutMoreThanItsType)) ?? issue.errors[0];
    const inner = (fits ?? []).flatMap((nested) => plainIssues(nested));
    if (inner.length > 0) return inner.map((found) => ({ ...found, path: [...issue.path, ...found.path] }));
  }
  return [{ path: issue.path, message: issue.message }];
}

/** Of several forms that a value may have, the one that was meant is wrong in more than its type. */
function isAboutMoreThanItsType({ code, path }: z.core.$ZodIssue): boolean {
  return code !== 'invalid_type' || path.length > 0;
}

export const plainMessage: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.input === undefined) return 'is missing';
  const isBareNumber = issue.expected === 'string' && typeof issue.input === 'number';
  return isBareNumber ? 'is a number to YAML; put it in quotes' : undefined;
};

/** `ports[0].driver: `, and nothing for the file as a whole. */
export function textOfPath(path: PropertyPath): string {
  const text = path.reduce<string>(
    (before, step) =>
      typeof step === 'number' ? `${before}[${step}]` : `${before}${before === '' ? '' : '.'}${String(step)}`,
    '',
  );
  return text === '' ? '' : `${text}: `;
}

function readText(path: string): YamlResult<string> {
  try {
    const about = statSync(path);
    if (!about.isFile()) return { ok: false, problems: [`${path}: is not a file`] };
    if (about.size > largestYamlBytes) {
      return {
        ok: false,
        problems: [`${path}: has ${about.size} bytes; at most ${largestYamlBytes} are read`],
      };
    }
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    if (error instanceof TypeError) {
      return { ok: false, problems: [`${path}: is not UTF-8; save it in that encoding`] };
    }
    if (!(error instanceof Error && 'code' in error)) throw error;
    const reason = error.code === 'ENOENT' ? 'no file at this path' : error.message;
    return { ok: false, problems: [`${path}: ${reason}`] };
  }
}

/** Where a value begins; of one that is missing, where the nearest thing around it begins. */
function offsetOf(document: Document, path: PropertyPath, key: string | undefined): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (!isNode(node)) continue;
    if (key !== undefined && isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
      if (isNode(pair?.key)) return pair.key.range?.[0] ?? 0;
    }
    return node.range?.[0] ?? 0;
  }
  return 0;
}
