import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingsSchema } from './config-settings.ts';
import { parseDeviceMap } from './device-map-file.ts';
import { drivers } from './drivers/drivers.ts';
import { findContradictions } from './config-contradictions.ts';
import { parseYaml } from './yaml-file.ts';

const guide = readFileSync(join(import.meta.dirname, '../docs/bridge.md'), 'utf8');
const example = (name: string) =>
  guide.match(/```yaml\n[^]*?```/g)?.find((block) => block.startsWith('```yaml\n# ' + name)) ?? '';
const textOf = (block: string) => block.replace(/^```yaml\n/, '').replace(/```$/, '');

test('the configuration file of the guide is a good one', () => {
  const located = parseYaml('bridge.yaml', textOf(example('bridge.yaml')));
  if (!located.ok) throw new Error(located.problems.join('\n'));
  const parsed = settingsSchema(drivers).safeParse(located.value.value);
  // The guide's machine has a certificate that this one has not.
  const paths = parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
  expect(paths).toEqual(['hub.tlsCa']);
  expect(findContradictions(located.value.value, drivers)).toEqual([]);
});

test('the device map of the guide is a good one', () => {
  const read = parseDeviceMap('devices.yaml', textOf(example('devices.yaml')));
  expect(read.ok ? read.value.map(({ id }) => id) : read.problems).toEqual(['btn-zhou', 'door-chen']);
});
