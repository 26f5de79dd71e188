import type { Account } from '../place.ts';
import { eventStamp, messageIdOf } from './event-stamp.ts';
import { connectMqtt } from './mqtt-connection.ts';

/** The events of one sensor. */
export type EventFlow = {
  acknowledged(): number;
  inFlight(): number;
  send(count: number): void;
  /** After each read from the socket: how many of the events were acknowledged by it. */
  onAcknowledged(listener: (count: number) => void): void;
  close(): void;
};

const pubackBytes = 4;

/**
 * Holds the subject to what it must do: one PUBACK for each event, in the order of the events [MQTT-4.6.0-2]. Anything
 * else ends the run.
 */
export async function openEventFlow(port: number, account: Account): Promise<EventFlow> {
  const { socket, release } = await connectMqtt(port, account);
  const stamp = eventStamp(account.id);
  let sent = 0;
  let acknowledged = 0;
  let rest = Buffer.alloc(0);
  let listener: (count: number) => void = () => undefined;
  let isClosing = false;

  release();
  socket.on('data', (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const count = Math.floor(bytes.length / pubackBytes);
    for (let index = 0; index < count; index++) {
      const at = index * pubackBytes;
      const isNext = bytes[at] === 0x40 && bytes.readUInt16BE(at + 2) === messageIdOf(acknowledged);
      if (!isNext)
        throw new Error(`${account.id}: no PUBACK, or out of order: ${bytes.toString('hex', at, at + 4)}`);
      acknowledged++;
    }
    rest = bytes.subarray(count * pubackBytes);
    if (count > 0) listener(count);
  });
  socket.on('close', () => {
    if (!isClosing) throw new Error(`${account.id}: the subject closed the connection`);
  });

  return {
    acknowledged: () => acknowledged,
    inFlight: () => sent - acknowledged,
    send(count) {
      const packets = Buffer.allocUnsafe(count * stamp.length);
      for (let index = 0; index < count; index++) stamp.write(sent++, packets, index * stamp.length);
      socket.write(packets);
    },
    onAcknowledged: (given) => void (listener = given),
    close() {
      isClosing = true;
      socket.destroy();
    },
  };
}
