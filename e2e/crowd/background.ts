import type { SignedIn } from '../community.ts';
import { eventStamp, messageIdOf } from './event-stamp.ts';
import { openPartySocket } from './party-socket.ts';
import { openSamples } from './samples.ts';
import type { Samples } from './samples.ts';

/** Events of one gateway that wait for their PUBACK; beyond it a gateway holds its devices back. */
const waitingAtMost = 500;
const tickMs = 4;

export type Background = {
  /** Resolves when all gateways have signed in. */
  ready: Promise<void>;
  /** Says so many a second, until it is told otherwise. */
  speak(perSecond: number): void;
  acknowledged(): number;
  waiting(): number;
  /** Events that were due and that a gateway held back, because too many waited. */
  heldBack(): number;
  /** From the write to the PUBACK, in ms, since they were taken last. */
  takeLatencies(): Samples;
  end(): void;
};

/**
 * What a town says all day, through gateways: door events from packets that are ready but for their numbers. The hub
 * acknowledges in the order in which it was told [MQTT-4.6.0-2]; anything else ends the process.
 */
export function openBackground(
  port: number,
  gateways: readonly SignedIn[],
  doors: readonly string[],
  run: string,
): Background {
  let heldBack = 0;
  let latencies = openSamples();
  let perSecond = 0;
  let since = { atMs: performance.now(), said: 0 };

  const speakers = gateways.map((gateway, index) => {
    const stamps = doors
      .filter((_, door) => door % gateways.length === index)
      .map((door) => eventStamp(door, 'door.opened', run));
    const sentAtMs: number[] = [];
    let [sent, acknowledged] = [0, 0];
    let isHeard = (): void => undefined;
    const ready = new Promise<void>((resolve) => {
      isHeard = resolve;
    });
    const stampOf = (number: number) => stamps[number % stamps.length];
    const socket = openPartySocket(port, gateway, {
      welcomed(isAgain) {
        isHeard();
        if (!isAgain) return;
        for (let number = acknowledged; number < sent; number += 1)
          socket.write(Buffer.from(stampOf(number)?.packet(number, true) ?? ''));
      },
      acknowledged(messageId) {
        if (messageId !== messageIdOf(acknowledged))
          throw new Error(`${gateway.id}: a PUBACK out of order: ${messageId}`);
        latencies.add(performance.now() - (sentAtMs[acknowledged % waitingAtMost] ?? Number.NaN));
        acknowledged += 1;
      },
    });
    return {
      ready,
      say(count: number): void {
        const packets: Buffer[] = [];
        for (let said = 0; said < count; said += 1) {
          if (sent - acknowledged >= waitingAtMost) {
            heldBack += 1;
            continue;
          }
          sentAtMs[sent % waitingAtMost] = performance.now();
          packets.push(Buffer.from(stampOf(sent)?.packet(sent) ?? ''));
          sent += 1;
        }
        if (packets.length > 0) socket.write(Buffer.concat(packets));
      },
      acknowledged: () => acknowledged,
      waiting: () => sent - acknowledged,
      end: () => socket.end(),
    };
  });

  let turn = 0;
  const talking = setInterval(() => {
    const due = Math.floor(((performance.now() - since.atMs) / 1_000) * perSecond) - since.said;
    since.said += due;
    const each = Math.floor(due / speakers.length);
    for (const speaker of speakers) if (each > 0) speaker.say(each);
    for (let more = due - each * speakers.length; more > 0; more -= 1)
      speakers[turn++ % speakers.length]?.say(1);
  }, tickMs);
  const sum = (figure: (speaker: (typeof speakers)[number]) => number): number =>
    speakers.reduce((total, speaker) => total + figure(speaker), 0);

  return {
    ready: Promise.all(speakers.map(({ ready }) => ready)).then(() => undefined),
    speak(rate) {
      perSecond = rate;
      since = { atMs: performance.now(), said: 0 };
    },
    acknowledged: () => sum((speaker) => speaker.acknowledged()),
    waiting: () => sum((speaker) => speaker.waiting()),
    heldBack: () => heldBack,
    takeLatencies() {
      const taken = latencies;
      latencies = openSamples();
      return taken;
    },
    end() {
      clearInterval(talking);
      for (const speaker of speakers) speaker.end();
    },
  };
}
