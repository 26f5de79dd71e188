/** MQTT 3.1.1 packets as bytes, for tests that must send what no client library would. */
export function packet(firstByte: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const length: number[] = [];
  let rest = body.length;
  do {
    const digit = rest % 128;
    rest = Math.floor(rest / 128);
    length.push(rest > 0 ? digit | 0x80 : digit);
  } while (rest > 0);
  return Buffer.concat([Buffer.from([firstByte, ...length]), body]);
}

export type ConnectFields = {
  clientId: string;
  name?: string;
  secret?: string;
  clean?: boolean;
  level?: number;
};

export function connectPacket({ clientId, name, secret, clean = true, level = 4 }: ConnectFields): Buffer {
  const flags = (clean ? 2 : 0) | (name === undefined ? 0 : 0x80) | (secret === undefined ? 0 : 0x40);
  return packet(
    0x10,
    Buffer.concat([
      text(level === 3 ? 'MQIsdp' : 'MQTT'),
      Buffer.from([level, flags, 0, 60]),
      // MQTT 5 has properties here.
      Buffer.alloc(level === 5 ? 1 : 0),
      text(clientId),
      name === undefined ? Buffer.alloc(0) : text(name),
      secret === undefined ? Buffer.alloc(0) : text(secret),
    ]),
  );
}

export function publishPacket(topic: string, payload: string | Buffer, messageId: number): Buffer {
  return packet(0x32, Buffer.concat([text(topic), uint16(messageId), Buffer.from(payload)]));
}

export const pingPacket = packet(0xc0);
export const disconnectPacket = packet(0xe0);

export function puback(messageId: number): Buffer {
  return packet(0x40, uint16(messageId));
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint16(bytes.length), bytes]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}
