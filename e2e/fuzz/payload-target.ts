import { setTimeout as pass } from 'node:timers/promises';
import { topicKinds } from '@carebell/contracts/topics.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { connectAs, openRaw, publishBytes } from '../raw-party.ts';
import type { RawParty } from '../raw-party.ts';
import { anyJson, mutated } from './mutate.ts';
import type { Random } from './mutate.ts';
import { Finding } from './target.ts';
import type { Target } from './target.ts';

/** Within the events that the hub takes of one connection at once. */
const window = 100;
const answeredWithinMs = 30_000;
const attempts = 3;
const [connackBytes, pubackBytes] = [4, 4];

const samples = [
  '{"id":"e1","kind":"door.opened","at":"2026-03-14T08:00:00+08:00"}',
  '{"id":"e2","kind":"motion.detected","ageMs":1500}',
  '{"id":"e3","kind":"test.pressed","data":{"key":"help"}}',
  '{"battery":80,"rssi":-70,"temperature":21.5,"firmware":"1.0"}',
  '{"id":"c1","ok":false,"reason":"no lamp"}',
  '{"port.radio.frames":10,"version":"0.1.0","freeDiskMb":100}',
  'online',
].map((text) => Buffer.from(text));
const saidByDevices = topicKinds.device.filter((kind) => kind !== 'command' && kind !== 'claim');

function payload(random: Random): Buffer {
  if (random() < 0.7) return mutated(samples, random);
  const event = { id: `f${random()}`, kind: 'door.opened', data: anyJson(random) };
  return Buffer.from(JSON.stringify(random() < 0.5 ? event : anyJson(random)));
}

/** Whatever a gateway says of its devices is answered: a bad payload is recorded, and the connection stays. */
export const payloadTarget: Target = {
  name: 'MQTT payloads',
  share: 15,
  open: (place) => {
    async function signedIn(): Promise<RawParty> {
      const party = await openRaw(place);
      party.write(connectAs(place.gateway));
      await until(() => party.received().length >= connackBytes, 'the CONNACK');
      return party;
    }

    /** Each alone, on a connection of its own; what is not answered three times is not answered. */
    async function judgeEach(sent: readonly Buffer[]): Promise<void> {
      for (const publish of sent) {
        for (let attempt = 1; ; attempt += 1) {
          const party = await signedIn();
          party.write(publish);
          await isAnswered(party, [publish]);
          const isOver = !party.isClosed();
          party.socket.resetAndDestroy();
          if (isOver) break;
          if (attempt === attempts)
            throw new Finding('the hub closes the connection over a payload', publish);
        }
      }
    }

    return {
      async feed(count, random) {
        for (let fed = 0; fed < count;) {
          const party = await signedIn();
          const sent: Buffer[] = [];
          for (let index = 1; index <= window && fed < count; index += 1, fed += 1) {
            const deviceId = place.deviceIds[Math.floor(random() * place.deviceIds.length)] ?? '';
            const kind = saidByDevices[Math.floor(random() * saidByDevices.length)] ?? 'event';
            const publish = publishBytes(
              buildTopic(
                random() < 0.1
                  ? { of: 'gateway', gatewayId: place.gateway.id, kind: 'health' }
                  : { of: 'device', deviceId, kind },
              ),
              payload(random),
              index,
            );
            sent.push(publish);
            party.write(publish);
          }
          await isAnswered(party, sent);
          // A store that is overdue ends a connection, so that the device repeats; a payload that does so always is a defect.
          if (party.isClosed()) await judgeEach(sent);
          party.socket.resetAndDestroy();
        }
      },
      close: () => undefined,
    };
  },
};

async function isAnswered(party: RawParty, sent: readonly Buffer[]): Promise<void> {
  const bytes = connackBytes + pubackBytes * sent.length;
  const isSo = (): boolean => party.received().length >= bytes || party.isClosed();
  await until(isSo, `${sent.length} PUBACKs`, Buffer.concat(sent));
}

async function until(isSo: () => boolean, what: string, input: Buffer = Buffer.alloc(0)): Promise<void> {
  const startedAtMs = performance.now();
  while (!isSo()) {
    if (performance.now() - startedAtMs > answeredWithinMs)
      throw new Finding(`waited in vain for ${what}`, input);
    await pass(5);
  }
}
