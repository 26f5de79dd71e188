import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';

const simulators = join(import.meta.dirname, '..', '..', 'simulators');
const files = readdirSync(join(simulators, 'scenarios'))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join(simulators, 'scenarios', name));

let hub: ScenarioHub;
let community: Community;
let folder: string;
beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
  folder = mkdtempSync(join(tmpdir(), 'carebell-played-'));
});
afterAll(async () => {
  await hub.stop();
  rmSync(folder, { recursive: true });
});

async function play(argv: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(simulators, 'main.ts'), 'run', ...argv, '--hub', hub.url], {
    env: { PATH: process.env['PATH'], LANG: 'C', CAREBELL_DATA_DIR: folder, ...env },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...said };
}

type Alarms = { items: AlarmView[] };

it(
  'every scenario is met by the hub, its alarms are marked as tests and closed, and nobody else is touched',
  { timeout: 200_000 },
  async () => {
    const { secret } = await hub.admin.create<{ secret: string }>('/tokens', { name: 'scenarios' });
    const junit = join(folder, 'out.xml');
    const { code, out, err } = await play([...files, '--seed', '7', '--junit', junit, '--lang', 'en'], {
      CAREBELL_TOKEN: secret,
    });
    expect({ code, err, failed: code === 0 ? '' : out }).toEqual({ code: 0, err: '', failed: '' });
    expect(out).toContain(`${files.length} of ${files.length} scenarios passed`);
    expect(readFileSync(junit, 'utf8').match(/<testsuite /g)).toHaveLength(files.length);
    expect(readFileSync(junit, 'utf8')).not.toContain('<failure');
    const { items } = (await hub.admin.get<Alarms>('/alarms?phase=all&limit=500')).body;
    const others = items.filter(
      ({ deviceId, stationId }) => !deviceId.startsWith('virtual-') || stationId !== 'test-station',
    );
    expect(others).toEqual([]);
    expect(items.filter(({ phase }) => phase !== 'closed')).toEqual([]);
    const calls = items.filter(({ kind }) => kind === 'help' || kind === 'fall');
    expect(calls.length).toBeGreaterThan(20);
    // A device whose clock says two days ago pressed before the test began.
    expect(calls.filter(({ testId, isLate }) => testId === undefined && !isLate)).toEqual([]);
  },
);

it('who may not enter residents and devices is told which rights are missing', async () => {
  const { code, err } = await play([files[0]!, '--user', 'li', '--lang', 'en'], {
    CAREBELL_PASSWORD: password,
  });
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringContaining('may not play scenarios: registry.write'),
  });
  expect(community.operator).toBeDefined();
});
