import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { Aedes } from 'aedes';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { compose } from './compose.ts';
import type { WireEvents } from './wire.ts';

const chime = 'rf433.selectplus.1c33';
const ring = '10;Selectplus;001c33;\r\n';

let folder: string;
let aedes: Aedes;
let server: ReturnType<typeof createServer>;
const results: string[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carebell-bridge-'));
  results.length = 0;
  aedes = new Aedes({ concurrency: 0 });
  await aedes.listen();
  aedes.on('publish', ({ topic, payload }, client) => {
    if (client && topic.endsWith('/command/result')) results.push(payload.toString());
  });
  server = createServer((socket) => void aedes.handle(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  await new Promise<void>((resolve) => {
    aedes.close(resolve);
  });
  server.close();
  rmSync(folder, { recursive: true });
});

function bridgeOnWire() {
  const written: string[] = [];
  let wire: WireEvents | undefined;
  const bridge = compose(
    {
      hub: {
        url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
        gatewayId: 'g1',
        secret: 's',
      },
      ports: [{ name: 'radio', path: '/dev/none', driver: 'rflink', options: {} }],
      dataDir: folder,
      outbox: { maxBytes: 1024 * 1024 },
      logLevel: 'silent',
    },
    {
      openWire(_path, _line, events) {
        wire = events;
        return Promise.resolve({
          write: (bytes) => void written.push(Buffer.from(bytes).toString()),
          close: () => Promise.resolve(),
        });
      },
    },
  );
  return {
    bridge,
    rings: () => written.filter((text) => text === ring).length,
    say: (text: string) => wire!.bytes(Buffer.from(text)),
  };
}

async function command(id: string): Promise<void> {
  const payload = Buffer.from(
    JSON.stringify({ id, command: 'reassure', data: { state: 'received', alarmId: 'a1' } }),
  );
  await new Promise<void>((resolve, reject) => {
    aedes.publish(
      {
        cmd: 'publish',
        topic: buildTopic({ of: 'device', deviceId: chime, kind: 'command' }),
        payload,
        qos: 1,
        retain: false,
        dup: false,
      },
      (error) => (error ? reject(error) : resolve()),
    );
  });
}

test('a chime that has rung for a command does not ring again when the hub repeats it after a restart', async () => {
  const first = bridgeOnWire();
  await first.bridge.start();
  await vi.waitFor(() => expect(first.bridge.health()).toMatchObject({ hubConnections: 1 }));
  await command('c1');
  await vi.waitFor(() => expect(first.rings()).toBe(1));
  first.say('20;2F;OK;\r\n');
  await vi.waitFor(() => expect(results).toEqual(['{"id":"c1","ok":true}']));
  await first.bridge.stop();

  const second = bridgeOnWire();
  await second.bridge.start();
  await vi.waitFor(() => expect(second.bridge.health()).toMatchObject({ hubConnections: 1 }));
  await command('c1');
  await vi.waitFor(() => expect(results).toEqual(Array(2).fill('{"id":"c1","ok":true}')));
  await command('c2');
  await vi.waitFor(() => expect(second.rings()).toBe(1));
  expect(second.bridge.health()).toMatchObject({ commands: 1, commandsRepeated: 1 });
  await second.bridge.stop();
});
