import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseScenario } from './read-scenario.ts';
import { scenarioJsonSchema } from './scenario-schema.ts';

const good = `name: one-press
about: { zh-CN: 按一次, en: one press }
residents:
  li:
    devices:
      button: { type: button }
steps:
  - { at: 1m, device: li.button, event: button.pressed, mark: pressed }
expect:
  - { alarm: help, of: li, within: 5s, after: pressed }
`;
const complaintsOf = (text: string) => {
  const read = parseScenario(text);
  return read.ok ? [] : read.complaints.map(({ line, message }) => `${line}: ${message}`);
};

it('times are read with their unit', () => {
  const read = parseScenario(good);
  expect(read).toMatchObject({ ok: true, scenario: { before: 0, steps: [{ at: 60_000 }] } });
});

it.each([
  ['at: 1m', 'at: soon', '8: steps.0.at: write a time'],
  ['event: button.pressed', 'event: button.squeezed', '8: steps.0: event: Invalid'],
  ['type: button', 'type: lever', '6: residents.li.devices.button.type: Invalid'],
  ['device: li.button', 'device: li.bell', '8: li.bell: no such'],
  ['of: li', 'of: wang', '10: wang: no such'],
  ['after: pressed', 'after: later', '10: later: no step has this mark'],
  ['expect:', 'expcet:', '1: '],
  ['steps:\n', 'steps: [\n', ': '],
])('%s written as %s is complained of with its line', (before, after, complaint) => {
  expect(complaintsOf(good.replace(before, after)).join('\n')).toContain(complaint);
});

it('the schema for editors is that of the program', () => {
  const kept: unknown = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', 'scenarios', 'scenario.schema.json'), 'utf8'),
  );
  // After a change: node simulators/scenario/write-schema.ts
  expect(kept).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});
