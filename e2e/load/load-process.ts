import { setTimeout as pass } from 'node:timers/promises';
import type { SignedIn } from '../community.ts';
import { openCrowd } from '../crowd/crowd.ts';
import type { Crowd } from '../crowd/crowd.ts';
import { eventStamp } from '../crowd/event-stamp.ts';
import type { EventStamp } from '../crowd/event-stamp.ts';
import { answerOrders } from '../crowd/orders.ts';
import { openSamples } from '../crowd/samples.ts';

export type LoadAsk =
  | { order: 'connect'; mqttPort: number; accounts: SignedIn[]; firstNumber: number }
  | { order: 'live'; heartbeatSeconds: number }
  | { order: 'tell' }
  | { order: 'quiet' };
export type LoadTold = {
  connected: number;
  lost: number;
  acknowledged: number;
  waiting: number;
  /** Heartbeats that were due while the one before was not acknowledged. */
  missed: number;
  /** Since it was told last. */
  pubackMs: { p50: number; p99: number; most: number };
  cores: number;
};

const tickMs = 10;
const quietWithinMs = 30_000;
let crowd: Crowd | undefined;
let stamps: EventStamp[] = [];
let [acknowledged, missed, beat] = [0, 0, 0];
let latencies = openSamples();
let used = { atMs: performance.now(), cpu: process.cpuUsage() };
let beating: ReturnType<typeof setInterval> | undefined;

/** One after the other, so that each has its turn once in the time between two signs of life. */
function live(heartbeatSeconds: number): void {
  const startedAtMs = performance.now();
  let said = 0;
  beating = setInterval(() => {
    const due = ((performance.now() - startedAtMs) / (heartbeatSeconds * 1_000)) * stamps.length;
    for (; said < due; said += 1) {
      const atMs = performance.now();
      const index = said % stamps.length;
      const publish = Buffer.from(stamps[index]?.packet(beat++) ?? '');
      const isSaid = crowd?.say(index, publish, () => {
        acknowledged += 1;
        latencies.add(performance.now() - atMs);
      });
      if (isSaid !== true) missed += 1;
    }
  }, tickMs);
}

function tell(): LoadTold {
  const taken = latencies;
  latencies = openSamples();
  const { user, system } = process.cpuUsage(used.cpu);
  const cores = (user + system) / 1_000 / (performance.now() - used.atMs);
  used = { atMs: performance.now(), cpu: process.cpuUsage() };
  return {
    connected: crowd?.connected() ?? 0,
    lost: crowd?.lost() ?? 0,
    acknowledged,
    waiting: crowd?.waiting() ?? 0,
    missed,
    pubackMs: { p50: taken.at(0.5), p99: taken.at(0.99), most: taken.most() },
    cores,
  };
}

answerOrders(async (ask: LoadAsk): Promise<LoadTold> => {
  if (ask.order === 'connect') {
    const run = `load-${Date.now().toString(36)}`;
    stamps = ask.accounts.map(({ id }) => eventStamp(id, 'heartbeat', run));
    crowd = await openCrowd(ask.mqttPort, ask.accounts, ask.firstNumber);
  } else if (ask.order === 'live') live(ask.heartbeatSeconds);
  else if (ask.order === 'quiet') {
    clearInterval(beating);
    const untilMs = performance.now() + quietWithinMs;
    while ((crowd?.waiting() ?? 0) > 0 && performance.now() < untilMs) await pass(50);
  }
  return tell();
});
