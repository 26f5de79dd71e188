import { spawnSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { compose } from '../compose.ts';
import { CableError } from './cable.ts';
import type { WireEvent } from './gateway.ts';

const simulators = compose({ hubUrl: 'mqtt://127.0.0.1:1' });
afterEach(() => simulators.stop());

test('a board on TCP says its banner, answers, and is silent while the cable is out', async () => {
  const events: WireEvent[] = [];
  const board = simulators.gateway('rflink', { tcp: 0 }, { observe: (event) => void events.push(event) });
  const url = new URL(await board.plugIn());
  const bridge = connect(Number(url.port), url.hostname);
  let heard = '';
  bridge.on('data', (bytes: Buffer) => (heard += bytes.toString()));
  bridge.write('10;PING;\n');
  await vi.waitFor(() => expect(heard).toContain('20;99;PONG;'));
  board.perform('press', 3);
  await vi.waitFor(() => expect(heard.match(/EV1527;ID=0a1003/g)).toHaveLength(3));
  await board.pull();
  board.perform('press', 3);
  expect(events.at(-1)).toEqual({ type: 'act', act: 'press', sender: 3 });
  await vi.waitFor(() => expect(bridge.destroyed).toBe(true));
  expect(await board.plugIn()).toBe(url.href.replace(/\/$/, ''));
});

test('a port that is taken is named', async () => {
  const url = new URL(await simulators.gateway('rflink', { tcp: 0 }).plugIn());
  const second = simulators.gateway('rflink', { tcp: Number(url.port) });
  await expect(second.plugIn()).rejects.toThrow(CableError);
});

test('a driver without a simulated firmware is refused', () => {
  expect(() => simulators.gateway('zigbee', { tcp: 0 })).toThrow('zigbee');
});

const hasSocat = spawnSync('socat', ['-V']).status === 0;

test.runIf(hasSocat)(
  'a board on a pseudo-terminal appears, speaks and vanishes, again and again',
  async () => {
    const path = join(tmpdir(), `carebell-pty-${process.pid}`);
    const board = simulators.gateway('mr60fda1', { pty: path });
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await board.plugIn()).toBe(path);
      const port = await open(path, 'r+');
      board.perform('fall');
      const { buffer, bytesRead } = await port.read(Buffer.alloc(20), 0, 20);
      expect(buffer.subarray(0, bytesRead).toString('hex')).toMatch(/^5359(0501|8301)/);
      await port.close();
      await board.pull();
      await expect(open(path, 'r+')).rejects.toThrow('ENOENT');
    }
    await expect(simulators.gateway('mr60fda1', { pty: '/nowhere/tty' }).plugIn()).rejects.toThrow(
      'No such file',
    );
  },
);
