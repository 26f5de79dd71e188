import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { serviceOrSkip } from '../services.ts';
import { bridgeProcess } from './bridge-process.ts';
import type { BridgeProcess } from './bridge-process.ts';
import { cableAt } from './cable.ts';
import type { Cable } from './cable.ts';

const socat = serviceOrSkip('socat') ?? '';

describe.skipIf(socat === '')('two bridges on one port', () => {
  let folder: string;
  let cable: Cable;
  let bridges: BridgeProcess[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'carebell-two-'));
    cable = cableAt(socat, join(folder, 'radio'));
    await cable.plugIn();
    bridges = ['first', 'second'].map((name) =>
      bridgeProcess({
        configPath: join(folder, `${name}.yaml`),
        dataDir: join(folder, name),
        hubUrl: 'mqtt://127.0.0.1:9',
        gatewayId: name,
        secret: 'a secret',
        ports: { radio: cable.path },
      }),
    );
  });
  afterAll(async () => {
    for (const bridge of bridges) await bridge.kill();
    await cable.pullOut();
    rmSync(folder, { recursive: true });
  });

  it('are told apart: the second says who is in its way, once, and takes over when the first ends', async () => {
    const [first, second] = bridges as [BridgeProcess, BridgeProcess];
    first.start();
    await eventually(() => expect(first.log().map(({ msg }) => msg)).toContain('link.opened'));
    second.start();
    const told = () => second.log().filter(({ msg }) => msg.startsWith('link.'));
    await eventually(() =>
      expect(told()).toMatchObject([
        { msg: 'link.not-opened', port: 'radio', reason: expect.stringContaining('used by another process') },
      ]),
    );
    await first.kill();
    await eventually(() => expect(told().map(({ msg }) => msg)).toEqual(['link.not-opened', 'link.opened']));
    expect(second.log().filter(({ msg }) => msg === 'hub.unreachable')).toHaveLength(1);
  });
});
