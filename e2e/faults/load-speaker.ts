import { randomUUID } from 'node:crypto';
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { SignedIn } from '../community.ts';
import { connectAs, packet, publishBytes } from '../raw-party.ts';
import type { Line } from './ledger.ts';

/** Events of one gateway that wait for their PUBACK; a gateway holds its devices back beyond it. */
const waitingAtMost = 300;
const comeBackAfterMs = 100;
const pingEveryMs = 1_500;
/** Without a byte from the hub for so long the connection is taken for dead. */
const silentAtMostMs = 4_000;
const [connackType, pubackType] = [0x20, 0x40];
const duplicateFlag = 0x08;
const pingreq = packet(0xc0);

/**
 * A gateway that speaks for its devices. As firmware does, it comes back by itself and repeats what was not acknowledged,
 * all at once: a client library that waits for each before the next would be measured in place of the hub.
 */
export type Speaker = {
  say(deviceId: string, kind: string): void;
  waiting(): number;
};

export function openSpeaker(mqttUrl: string, gateway: SignedIn, write: (line: Line) => void): Speaker {
  const { hostname: host, port } = new URL(mqttUrl);
  const waiting = new Map<number, { event: string; publish: Buffer }>();
  let messageId = 0;
  let socket: Socket | undefined;
  let isWelcome = false;
  let heardAtMs = 0;

  function connect(): void {
    const opened = createConnection({ host, port: Number(port), noDelay: true });
    let rest = Buffer.alloc(0);
    socket = opened;
    isWelcome = false;
    heardAtMs = performance.now();
    opened.on('connect', () => opened.write(connectAs(gateway)));
    opened.on('data', (chunk) => {
      heardAtMs = performance.now();
      rest = Buffer.concat([rest, chunk]);
      for (;;) {
        const bytes = 2 + (rest[1] ?? 0);
        if (rest.length < bytes) return;
        hear(opened, rest.subarray(0, bytes));
        rest = rest.subarray(bytes);
      }
    });
    // That connections break is what this is about; what counts is that it is closed.
    opened.on('error', () => undefined);
    opened.on('close', () => {
      isWelcome = false;
      setTimeout(connect, comeBackAfterMs);
    });
  }

  function hear(from: Socket, answer: Buffer): void {
    if (answer[0] === connackType) {
      if (answer[3] !== 0) throw new Error(`${gateway.id} was refused: ${answer.toString('hex')}`);
      isWelcome = true;
      for (const { publish } of waiting.values()) {
        publish[0] = (publish[0] ?? 0) | duplicateFlag;
        from.write(publish);
      }
    } else if (answer[0] === pubackType) {
      const id = answer.readUInt16BE(2);
      const said = waiting.get(id);
      if (said === undefined) throw new Error(`${gateway.id}: a PUBACK of nothing`);
      waiting.delete(id);
      write({ is: 'acknowledged', event: said.event, atMs: Date.now() });
    }
  }

  setInterval(() => {
    if (performance.now() - heardAtMs > silentAtMostMs) socket?.destroy();
    else if (isWelcome) socket?.write(pingreq);
  }, pingEveryMs);
  connect();

  return {
    say(deviceId, kind) {
      if (waiting.size >= waitingAtMost) return;
      const id = randomUUID();
      const event = `${deviceId} ${id}`;
      const isPress = kind === 'button.pressed';
      const said = JSON.stringify({ id, kind, ...(isPress ? { data: { key: 'help' } } : {}) });
      do messageId = (messageId % 65_535) + 1;
      while (waiting.has(messageId));
      const publish = publishBytes(buildTopic({ of: 'device', deviceId, kind: 'event' }), said, messageId);
      write({ is: 'sent', event, deviceId, isPress, atMs: Date.now() });
      waiting.set(messageId, { event, publish });
      if (isWelcome) socket?.write(publish);
    },
    waiting: () => waiting.size,
  };
}
