import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import type { SignedIn } from './community.ts';
import type { ScenarioHub } from './scenario-hub.ts';

/** A bare connection to the MQTT port, for bytes that no client library would send. */
export type RawParty = {
  socket: Socket;
  write(bytes: Buffer | string): void;
  /** Everything that the hub has sent. */
  received(): Buffer;
  isClosed(): boolean;
};

export async function openRaw({ mqttPort }: Pick<ScenarioHub, 'mqttPort'>): Promise<RawParty> {
  const socket = createConnection({ port: mqttPort, host: '127.0.0.1', noDelay: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // A connection that the hub cuts may end by a reset; that it ended is what counts.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return {
    socket,
    write: (bytes) => void socket.write(bytes),
    received: () => Buffer.concat(chunks),
    isClosed: () => socket.closed || socket.readableEnded,
  };
}

/** MQTT 3.1.1 packets as bytes. `declared` lies about the length of the body. */
export function packet(firstByte: number, body: Buffer = Buffer.alloc(0), declared = body.length): Buffer {
  const length: number[] = [];
  let rest = declared;
  do {
    const digit = rest % 128;
    rest = Math.floor(rest / 128);
    length.push(rest > 0 ? digit | 0x80 : digit);
  } while (rest > 0);
  return Buffer.concat([Buffer.from([firstByte, ...length]), body]);
}

export type ConnectFields = {
  clientId: string;
  name?: Buffer | string;
  secret?: string;
  isClean?: boolean;
  keepAliveS?: number;
};

export function connectBytes(fields: ConnectFields): Buffer {
  const { clientId, name, secret, isClean = true, keepAliveS = 60 } = fields;
  const flags = (isClean ? 0x02 : 0) | (name === undefined ? 0 : 0x80) | (secret === undefined ? 0 : 0x40);
  return packet(
    0x10,
    Buffer.concat([
      text('MQTT'),
      Buffer.from([4, flags]),
      uint16(keepAliveS),
      text(clientId),
      ...(name === undefined ? [] : [text(name)]),
      ...(secret === undefined ? [] : [text(secret)]),
    ]),
  );
}

export function connectAs({ id, secret }: SignedIn): Buffer {
  return connectBytes({ clientId: id, name: id, secret });
}

export function publishBytes(topic: string, payload: string | Buffer, messageId: number): Buffer {
  return packet(0x32, Buffer.concat([text(topic), uint16(messageId), Buffer.from(payload)]));
}

export function connack(returnCode: number): Buffer {
  return Buffer.from([0x20, 2, 0, returnCode]);
}

export function puback(messageId: number): Buffer {
  return packet(0x40, uint16(messageId));
}

function text(value: Buffer | string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint16(bytes.length), bytes]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}
