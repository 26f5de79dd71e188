import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Aedes } from 'aedes';
import type { PublishPacket } from 'aedes';

export type Received = { topic: string; payload: string; qos: number; retain: boolean };

/** A real broker on a port of its own, which keeps what it received and can withhold its answer. */
export type TestBroker = {
  readonly port: number;
  readonly url: string;
  readonly received: Received[];
  /** The JSON bodies received on topics that end in `topicEnd`, in their order. */
  bodies(topicEnd: string): unknown[];
  publish(topic: string, payload: string): Promise<void>;
  /** From now on, answers no PUBLISH with a PUBACK but closes the connection, `times` times. */
  withholdPuback(times: number): void;
  /** Keeps connections open and takes messages, but answers no PUBLISH. */
  staySilent(isSilent: boolean): void;
  retained(topic: string): Promise<string | undefined>;
  connections(): number;
  closeConnections(): void;
  close(): Promise<void>;
};

export type TestBrokerOptions = {
  port?: number;
  accounts?: ReadonlyMap<string, string>;
};

export async function startTestBroker({ port = 0, accounts }: TestBrokerOptions = {}): Promise<TestBroker> {
  const broker = await Aedes.createBroker();
  const server = createServer({ noDelay: true }, broker.handle);
  const sockets = new Set<Socket>();
  const received: Received[] = [];
  let withheld = 0;
  let isSilent = false;

  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  broker.authenticate = (_client, name, password, done) => {
    const isKnown = accounts === undefined || accounts.get(name ?? '') === password?.toString();
    // 5 is the CONNACK return code "not authorized" of MQTT 3.1.1.
    done(isKnown ? null : Object.assign(new Error('not authorized'), { returnCode: 5 }), isKnown);
  };
  broker.authorizePublish = (_client, packet, done) => {
    if (packet.topic.endsWith('/event') && withheld > 0) {
      withheld -= 1;
      keep(packet);
      done(new Error('withheld'));
      return;
    }
    keep(packet);
    if (!isSilent) done(null);
  };
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;

  function keep(packet: PublishPacket) {
    const { topic, payload, qos, retain } = packet;
    received.push({ topic, payload: payload.toString(), qos, retain });
  }

  return {
    port: bound,
    url: `mqtt://127.0.0.1:${bound}`,
    received,
    bodies: (topicEnd) =>
      received
        .filter(({ topic }) => topic.endsWith(topicEnd))
        .map(({ payload }) => JSON.parse(payload) as unknown),
    publish: (topic, payload) =>
      new Promise((resolve, reject) => {
        const packet = { cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false } as const;
        broker.publish(packet, (error) => (error ? reject(error) : resolve()));
      }),
    withholdPuback(times) {
      withheld = times;
    },
    staySilent(silent) {
      isSilent = silent;
    },
    retained: (topic) =>
      Promise.resolve(received.findLast((packet) => packet.topic === topic && packet.retain)?.payload),
    connections: () => sockets.size,
    closeConnections() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await new Promise<void>((resolve) => broker.close(() => resolve()));
    },
  };
}
