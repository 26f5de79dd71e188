import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { ruleKinds } from '@carebell/contracts/detection.ts';
import { scenarioSchema } from './scenario-schema.ts';
import type { Scenario } from './scenario-schema.ts';
import { membersOf } from './members.ts';

/** A complaint and the line of the file that it is about, from 1. */
export type Complaint = { line: number; message: string };
export type ScenarioRead = { ok: true; scenario: Scenario } | { ok: false; complaints: Complaint[] };

export async function readScenario(path: string): Promise<ScenarioRead> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return {
      ok: false,
      complaints: [{ line: 1, message: error instanceof Error ? error.message : String(error) }],
    };
  }
  return parseScenario(text);
}

export function parseScenario(text: string): ScenarioRead {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    const complaints = document.errors.map(({ pos, message }) => ({ line: lineAt(pos[0]), message }));
    return { ok: false, complaints };
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (hasRange(node)) return lineAt(node.range[0]);
    }
    return 1;
  };
  const parsed = scenarioSchema.safeParse(document.toJS());
  const issues = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.map(({ path, message, ...issue }) => ({
        path,
        message: `${path.join('.')}: ${'errors' in issue ? nearest(issue.errors, message) : message}`,
      }));
  const complaints = issues.map(({ path, message }) => ({ line: lineOf(path), message }));
  if (parsed.success && complaints.length === 0) return { ok: true, scenario: parsed.data };
  return { ok: false, complaints };
}

type Issue = { path: PropertyKey[]; message: string };

/** What is well-formed and still cannot be played. */
function contradictions(scenario: Scenario): Issue[] {
  const issues: Issue[] = [];
  const known = (reference: string, path: PropertyKey[]) => {
    if (membersOf(scenario, reference).length === 0)
      issues.push({ path, message: `${reference}: no such resident, device or gateway in this scenario` });
  };
  const marks = new Set(
    scenario.steps.flatMap((step) => ('mark' in step && step.mark !== undefined ? [step.mark] : [])),
  );
  for (const [index, step] of scenario.steps.entries()) {
    if ('device' in step) known(step.device, ['steps', index, 'device']);
    if ('operator' in step) known(step.of, ['steps', index, 'of']);
    if ('day' in step) known(step.day, ['steps', index, 'day']);
    if ('once' in step && step.once) known(step.once.of, ['steps', index, 'once', 'of']);
  }
  for (const [index, expected] of scenario.expect.entries()) {
    if ('of' in expected) known(expected.of, ['expect', index, 'of']);
    if ('device' in expected) known(expected.device, ['expect', index, 'device']);
    if ('after' in expected && expected.after !== undefined && !marks.has(expected.after))
      issues.push({ path: ['expect', index, 'after'], message: `${expected.after}: no step has this mark` });
  }
  for (const [resident, { rules, devices }] of Object.entries(scenario.residents)) {
    for (const [index, rule] of rules.entries())
      if (rule['isOff'] !== true && !ruleKinds.includes(rule['kind'] as (typeof ruleKinds)[number]))
        issues.push({
          path: ['residents', resident, 'rules', index],
          message: `kind: one of ${ruleKinds.join(', ')}, or "isOff: true"`,
        });
    for (const [device, { behind }] of Object.entries(devices))
      if (behind !== undefined && scenario.gateways[behind] === undefined)
        issues.push({
          path: ['residents', resident, 'devices', device, 'behind'],
          message: `${behind}: no such gateway in this scenario`,
        });
  }
  return issues;
}

/** Of the forms that a step or expectation may have, the one that was meant: that with the fewest complaints. */
function nearest(errors: unknown, message: string): string {
  const forms = errors as { path: PropertyKey[]; message: string }[][];
  const best = forms.toSorted((a, b) => a.length - b.length)[0] ?? [];
  if (best.length === 0) return message;
  return best
    .map(({ path, message: text }) => (path.length === 0 ? text : `${path.join('.')}: ${text}`))
    .join('; ');
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}
