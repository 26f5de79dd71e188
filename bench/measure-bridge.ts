import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { Aedes } from 'aedes';
import { buildTopic, parseTopic } from '@carebell/contracts/topics.ts';
import { startChild } from './child.ts';
import type { Child } from './child.ts';
import { millisecondsPass, until } from './load/waiting.ts';
import { bridgeMain, nodeFlags } from './npm-start.ts';
import type { FromBridge } from './subjects/bridge.ts';

export type BridgeResult = {
  /** From the write of a frame's last byte to the PUBLISH at the broker, with the fsync between. */
  latenciesMs: number[];
  /** Of one core, at 50 frames a second. */
  cpuPercent: number;
  rssMb: number;
};

const framesPerSecond = 50;
/** A transmitter repeats its frame; the first one counts. */
const framesPerPress = 5;
const subjectFile = join(import.meta.dirname, 'subjects', 'bridge.ts');
const acceptedTopic = buildTopic({ of: 'gateway', gatewayId: 'gateway', kind: 'accepted' });

/** A bridge of its own process between a serial line over TCP and a bare broker, which says `accepted` to each event. */
export async function measureBridge(seconds: number, warmUpSeconds: number): Promise<BridgeResult> {
  const written = new Map<string, number>();
  const latenciesMs: number[] = [];
  const aedes = new Aedes({ concurrency: 0 });
  await aedes.listen();
  aedes.on('publish', ({ topic, payload }, client) => {
    const parsed = parseTopic(topic);
    if (client === null || parsed?.of !== 'device' || parsed.kind !== 'event') return;
    const writtenAtMs = written.get(parsed.deviceId);
    if (writtenAtMs !== undefined) latenciesMs.push(performance.now() - writtenAtMs);
    written.delete(parsed.deviceId);
    const { id } = JSON.parse(payload.toString()) as { id: string };
    const accepted = Buffer.from(JSON.stringify({ ids: [id] }));
    aedes.publish(
      { cmd: 'publish', topic: acceptedTopic, payload: accepted, qos: 1, retain: false, dup: false },
      () => undefined,
    );
  });
  let line: Socket | undefined;
  const broker = await listening((socket) => void aedes.handle(socket));
  const serial = await listening((socket) => {
    line = socket.on('error', () => undefined).resume();
  });
  const bridge: Child<FromBridge> = startChild(
    subjectFile,
    { mqttPort: portOf(broker), serialPort: portOf(serial) },
    nodeFlags('bridge', bridgeMain),
  );

  async function press(forSeconds: number): Promise<void> {
    const startedAtMs = performance.now();
    for (let frame = 0; frame < forSeconds * framesPerSecond; frame += 1) {
      const dueMs = startedAtMs + (frame * 1000) / framesPerSecond - performance.now();
      if (dueMs > 0) await millisecondsPass(dueMs);
      const isFirst = frame % framesPerPress === 0;
      if (isFirst) pressed += 1;
      const id = pressed.toString(16);
      if (isFirst) written.set(`rf433.smokealert.${id}`, performance.now());
      line?.write(`20;00;SmokeAlert;ID=${id.padStart(6, '0')};SMOKEALERT=ON;\r\n`);
    }
    await until(() => written.size === 0, 10_000, 'the last press');
  }

  let pressed = 0;
  try {
    await bridge.next();
    await until(() => line !== undefined && aedes.connectedClients > 0, 10_000, 'the bridge');
    await press(warmUpSeconds);
    latenciesMs.length = 0;
    const before = await usage(bridge);
    const startedAtMs = performance.now();
    await press(seconds);
    const after = await usage(bridge);
    const cpuPercent = ((after.cpuMs - before.cpuMs) / (performance.now() - startedAtMs)) * 100;
    bridge.send({ type: 'end' });
    await bridge.next();
    return { latenciesMs, cpuPercent, rssMb: after.rssMb };
  } finally {
    await bridge.end();
    line?.destroy();
    serial.close();
    await new Promise<void>((resolve) => {
      aedes.close(resolve);
    });
    broker.close();
  }
}

async function usage(bridge: Child<FromBridge>): Promise<{ cpuMs: number; rssMb: number }> {
  bridge.send({ type: 'use' });
  const used = await bridge.next();
  if (used.type !== 'used') throw new Error('the bridge did not say what it has used');
  return used;
}

async function listening(accept: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ noDelay: true }, accept).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
