import { buildTopic } from '@carebell/contracts/topics.ts';
import { connectAsync } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { deviceId, gatewayOf } from './seed-town.ts';
import type { Place, Town } from './seed-town.ts';

/** What a home says, in hundredths: mostly that somebody moves. */
const talk: readonly { place: Place; kind: string; share: number }[] = [
  { place: 'living', kind: 'motion.detected', share: 45 },
  { place: 'bathroom', kind: 'motion.detected', share: 15 },
  { place: 'living', kind: 'heartbeat', share: 15 },
  { place: 'bathroom', kind: 'heartbeat', share: 11 },
  { place: 'door', kind: 'door.opened', share: 4 },
  { place: 'door', kind: 'door.closed', share: 4 },
  { place: 'bed', kind: 'bed.entered', share: 3 },
  { place: 'bed', kind: 'bed.left', share: 3 },
];

const tickMs = 20;

export type Talkers = {
  /** Speaks at this rate for so long. Returns how many were acknowledged, and how many the hub has not answered yet. */
  speak(perSecond: number, seconds: number): Promise<{ sent: number; unanswered: number }>;
  end(): Promise<void>;
};

export async function openTalkers(
  mqttPort: number,
  town: Town,
  secrets: readonly string[],
): Promise<Talkers> {
  const clients: MqttClient[] = await Promise.all(
    town.gatewayIds.map((id, index) =>
      connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
        clientId: id,
        username: id,
        password: secrets[index] ?? '',
        writeCache: false,
      }),
    ),
  );
  let count = 0;
  let unanswered = 0;

  function say(): void {
    count += 1;
    // 7,919 is prime: every resident has its turn, neighbours not one after another.
    const resident = (count * 7_919) % town.residents;
    let at = (count * 31) % 100;
    const said = talk.find(({ share }) => (at -= share) < 0);
    if (said === undefined) return;
    const topic = buildTopic({ of: 'device', deviceId: deviceId(resident, said.place), kind: 'event' });
    unanswered += 1;
    clients[gatewayOf(resident, town)]?.publish(
      topic,
      JSON.stringify({ id: `${Date.now()}-${count}`, kind: said.kind }),
      { qos: 1 },
      () => {
        unanswered -= 1;
      },
    );
  }

  return {
    async speak(perSecond, seconds) {
      const startedAtMs = performance.now();
      let sent = 0;
      await new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          const seconds_ = Math.min(seconds, (performance.now() - startedAtMs) / 1_000);
          for (; sent < seconds_ * perSecond; sent += 1) say();
          if (seconds_ < seconds) return;
          clearInterval(timer);
          resolve();
        }, tickMs);
      });
      return { sent, unanswered };
    },
    async end() {
      await Promise.all(clients.map((client) => client.endAsync(true)));
    },
  };
}
