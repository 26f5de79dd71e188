import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { connectAs, connectBytes, packet, publishBytes } from '../raw-party.ts';
import { mutated } from './mutate.ts';
import type { Random } from './mutate.ts';
import { Finding } from './target.ts';
import type { FuzzPlace, Target } from './target.ts';

const connectionsAtOnce = 8;
const packetsOfAConnection = 20;
/** To take what was written; the hub goes on with it after the connection has ended. */
const heardOutMs = 15;
const connectWithinMs = 10_000;

function packetsOf({ deviceIds, gateway }: FuzzPlace): Buffer[] {
  const topics = deviceIds.map((deviceId) => buildTopic({ of: 'device', deviceId, kind: 'event' }));
  const filter = Buffer.from(buildTopic({ of: 'gateway', gatewayId: gateway.id, kind: 'accepted' }));
  const subscribe = Buffer.concat([Buffer.from([0, 1, 0, filter.length]), filter, Buffer.from([1])]);
  return [
    ...topics.map((topic, index) => publishBytes(topic, '{"id":"e1","kind":"door.opened"}', index + 1)),
    packet(0x82, subscribe),
    packet(0xa2, subscribe.subarray(0, -1)),
    packet(0x40, Buffer.from([0, 1])),
    packet(0x62, Buffer.from([0, 1])),
    packet(0xc0),
    packet(0xe0),
    connectAs(gateway),
  ];
}

/** Half of the connections sign in first and send rubbish as somebody who is known. */
export const mqttTarget: Target = {
  name: 'MQTT bytes',
  share: 15,
  open(place) {
    const samples = packetsOf(place);
    const greetings = [connectAs(place.gateway), connectBytes({ clientId: 'x', name: 'x', secret: 'x' })];

    async function connection(count: number, random: Random): Promise<void> {
      const isSignedIn = random() < 0.5;
      const input = Buffer.concat([
        isSignedIn ? connectAs(place.gateway) : mutated(greetings, random),
        ...Array.from({ length: count }, () => mutated(samples, random)),
      ]);
      const socket = createConnection({ port: place.mqttPort, host: '127.0.0.1' });
      socket.on('error', () => undefined);
      socket.resume();
      const opened = await Promise.race([
        once(socket, 'connect').then(() => true),
        pass(connectWithinMs, false),
      ]);
      if (!opened) throw new Finding('the hub takes no connections any more', input);
      // Written as a network would bring it, in pieces of any length.
      const cut = Math.floor(random() * input.length);
      socket.write(input.subarray(0, cut));
      socket.write(input.subarray(cut));
      await pass(heardOutMs);
      // A reset leaves no port waiting behind, of which a machine has some ten thousand.
      socket.resetAndDestroy();
    }

    return {
      async feed(count, random) {
        let fed = 0;
        const lane = async (): Promise<void> => {
          while (fed < count) {
            const next = Math.min(packetsOfAConnection, count - fed);
            fed += next;
            await connection(next, random);
          }
        };
        await Promise.all(Array.from({ length: connectionsAtOnce }, lane));
      },
      close: () => undefined,
    };
  },
};
