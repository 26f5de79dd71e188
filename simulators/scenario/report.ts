import { inWords } from './run-scenario.ts';
import type { ScenarioResult } from './run-scenario.ts';
import type { Scenario } from './scenario-schema.ts';

export function hasPassed({ broken, expectations, sent, stored }: ScenarioResult): boolean {
  return (
    broken === undefined &&
    sent === stored &&
    expectations.every(({ judgement }) => judgement.state === 'met')
  );
}

/** Of a scenario that the hub would not let go on. */
export function brokenResult({ name, expect }: Scenario, broken: string, durationMs: number): ScenarioResult {
  const expectations = expect.map((expected) => ({
    expected,
    judgement: { state: 'waiting', seen: '' } as const,
  }));
  return { name, expectations, sent: 0, stored: 0, broken, durationMs };
}

/** What was expected beside what was seen, a line each. */
export function resultTable(results: readonly ScenarioResult[]): string[] {
  const lines: string[] = [];
  for (const result of results) {
    const seconds = (result.durationMs / 1_000).toFixed(0);
    lines.push(
      '',
      `${hasPassed(result) ? '✓' : '✗'} ${result.name}   ${seconds} s   ${result.stored}/${result.sent} events stored`,
    );
    const width = Math.max(...result.expectations.map(({ expected }) => inWords(expected).length));
    for (const { expected, judgement } of result.expectations)
      lines.push(
        `  ${judgement.state === 'met' ? '✓' : '✗'} ${inWords(expected).padEnd(width)}   ${seenOf(judgement)}`.trimEnd(),
      );
    if (result.broken !== undefined) lines.push(`  ✗ ${result.broken}`);
  }
  return lines;
}

/** One test suite of JUnit's form, a case for each expectation. */
export function junitReport(results: readonly ScenarioResult[]): string {
  const suites = results.map((result) => {
    const cases = result.expectations.map(({ expected, judgement }) => {
      const open = `<testcase classname="${escaped(result.name)}" name="${escaped(inWords(expected))}"`;
      return judgement.state === 'met'
        ? `    ${open} time="${((judgement.afterMs ?? 0) / 1_000).toFixed(3)}"/>`
        : `    ${open}><failure message="${escaped(seenOf(judgement))}"/></testcase>`;
    });
    const stored = `<testcase classname="${escaped(result.name)}" name="all events are stored"`;
    const trouble =
      result.broken ?? (result.stored === result.sent ? undefined : `${result.stored} of ${result.sent}`);
    cases.push(
      trouble === undefined
        ? `    ${stored}/>`
        : `    ${stored}><failure message="${escaped(trouble)}"/></testcase>`,
    );
    const failures = cases.filter((line) => line.includes('<failure')).length;
    const time = (result.durationMs / 1_000).toFixed(3);
    return [
      `  <testsuite name="${escaped(result.name)}" tests="${cases.length}" failures="${failures}" time="${time}">`,
      ...cases,
      '  </testsuite>',
    ].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

function seenOf({ state, seen, afterMs }: ScenarioResult['expectations'][number]['judgement']): string {
  const after = afterMs === undefined ? '' : `after ${(afterMs / 1_000).toFixed(1)} s`;
  if (state === 'met') return after;
  return [seen === '' ? 'not seen' : seen, after].filter((part) => part !== '').join(', ');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
