import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { generate, parser } from 'mqtt-packet';
import type { IPublishPacket, Packet } from 'mqtt-packet';
import type { Account } from '../place.ts';

export type MqttConnection = {
  socket: Socket;
  subscribe(filter: string, qos: 0 | 1): Promise<void>;
  /** Every PUBLISH is acknowledged, and handed on. */
  onPublish(listener: (packet: IPublishPacket) => void): void;
  onPuback(listener: () => void): void;
  /** From here on the socket's bytes go elsewhere. */
  release(): void;
  /** With DISCONNECT, and after it has gone. */
  close(): Promise<void>;
};

/** A signed-in MQTT 3.1.1 connection on a raw socket. */
export async function connectMqtt(
  port: number,
  { id, secret }: Account,
  { isKept = false }: { isKept?: boolean } = {},
): Promise<MqttConnection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const packets = parser({ protocolVersion: 4 });
  let published: (packet: IPublishPacket) => void = () => undefined;
  let acknowledged = (): void => undefined;
  const answered = new Map<Packet['cmd'], () => void>();

  packets.on('packet', (packet) => {
    if (packet.cmd === 'publish') {
      if (packet.qos === 1 && packet.messageId !== undefined)
        socket.write(generate({ cmd: 'puback', messageId: packet.messageId }));
      published(packet);
    } else if (packet.cmd === 'puback') acknowledged();
    else answered.get(packet.cmd)?.();
  });
  const parse = (chunk: Buffer): void => void packets.parse(chunk);
  socket.on('data', parse);
  const answer = async (cmd: Packet['cmd']): Promise<void> =>
    new Promise((resolve) => {
      answered.set(cmd, resolve);
    });

  await once(socket, 'connect');
  const welcomed = answer('connack');
  const gone = once(socket, 'close').then(() => {
    throw new Error(`${id}: the connection was closed`);
  });
  gone.catch(() => undefined);
  socket.write(
    generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clientId: id,
      clean: !isKept,
      keepalive: 600,
      username: id,
      password: Buffer.from(secret),
    }),
  );
  await Promise.race([welcomed, gone]);

  return {
    socket,
    async subscribe(filter, qos) {
      const done = answer('suback');
      socket.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: filter, qos }] }));
      await Promise.race([done, gone]);
    },
    onPublish: (listener) => void (published = listener),
    onPuback: (listener) => void (acknowledged = listener),
    release: () => void socket.off('data', parse),
    async close() {
      const closed = once(socket, 'close');
      socket.end(generate({ cmd: 'disconnect' }));
      await closed;
    },
  };
}
