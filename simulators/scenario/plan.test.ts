import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planScenario } from './plan.ts';
import { parseScenario } from './read-scenario.ts';
import type { Scenario } from './scenario-schema.ts';

const folder = join(import.meta.dirname, '..', 'scenarios');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

function scenarioIn(file: string): Scenario {
  const read = parseScenario(readFileSync(join(folder, file), 'utf8'));
  if (!read.ok)
    throw new Error(read.complaints.map(({ line, message }) => `${file}:${line} ${message}`).join('\n'));
  return read.scenario;
}

it.each(files)('%s is well-formed, is named as its file, and the same seed gives the same plan', (file) => {
  const scenario = scenarioIn(file);
  expect(`${scenario.name}.yaml`).toBe(file);
  const plan = planScenario(scenario, '7', 30_000_000);
  expect(plan).toEqual(planScenario(scenario, '7', 30_000_000));
  expect(plan).toEqual(plan.toSorted((a, b) => a.atMs - b.atMs));
  const numbers = plan.flatMap((act) => (act.does === 'event' ? [act.number] : []));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

it('another seed spreads the same steps otherwise', () => {
  const storm = scenarioIn('alarm-storm.yaml');
  const order = (seed: string) => planScenario(storm, seed, 0).map(({ to }) => to.key);
  expect(order('7')).not.toEqual(order('8'));
  expect(order('7').toSorted()).toEqual(order('8').toSorted());
});

it('a day that begins in the evening goes on through the night', () => {
  const day = scenarioIn('day-at-home.yaml');
  const evening = 20 * 3_600_000;
  const beds = planScenario(day, '7', evening).flatMap((act) =>
    act.does === 'event' && act.kind.startsWith('bed.') ? [act] : [],
  );
  expect(beds[0]?.kind).toBe('bed.entered');
  expect(beds[0]?.atMs).toBeLessThan(3 * 3_600_000);
  expect(beds.length).toBeGreaterThan(4);
});
